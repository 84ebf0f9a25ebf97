// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Handle, Position, useConnection } from '@xyflow/react';
import { isFedByHost, type Component, type Port } from '../model/component.ts';
import { inHandle, outHandle } from './handles.ts';

interface Row {
    input: Port | undefined;
    output: Port | undefined;
}

function rows(inputs: readonly Port[], outputs: readonly Port[]): Row[] {
    const count = Math.max(inputs.length, outputs.length, 1);
    return Array.from({ length: count }, (_, i) => ({ input: inputs[i], output: outputs[i] }));
}

/** The handles of ordinary ports, each beside its name. */
export function CardPorts(props: { name: string; component: Component | undefined; inputs: readonly Port[]; outputs: readonly Port[]; wired: readonly string[] }) {
    const { name, component, inputs, outputs, wired } = props;
    // While a wire is drawn from an output, the inputs of other nodes invite it, and the other way round.
    const drawing = useConnection((connection) => (connection.inProgress ? connection.fromHandle.type : null));
    const isDoor = (port: Port) => component !== undefined && isFedByHost(component, port, wired.includes(port.name));
    return (
        <div className="ports">
            {rows(inputs, outputs).map(({ input, output }, i) => (
                <div className="port-row" key={i}>
                    {input && (
                        <>
                            <Handle
                                type="target"
                                position={Position.Left}
                                id={inHandle(input.name)}
                                className={`port ${drawing === 'source' ? 'inviting' : ''} ${isDoor(input) ? 'door' : ''} ${!input.optional && !isDoor(input) && !wired.includes(input.name) ? 'open' : ''}`}
                                data-testid={`port-${name}-in-${input.name}`}
                                title={`input ${input.name}`}
                            />
                            <span className="port-name" title={input.help}>
                                {input.name}
                            </span>
                        </>
                    )}
                    <span className="grow" />
                    {output && (
                        <>
                            <span className="port-name" title={output.help}>
                                {output.name}
                            </span>
                            <Handle
                                type="source"
                                position={Position.Right}
                                id={outHandle(output.name)}
                                className={`port ${drawing === 'target' ? 'inviting' : ''}`}
                                data-testid={`port-${name}-out-${output.name}`}
                                title={`output ${output.name}`}
                            />
                        </>
                    )}
                </div>
            ))}
        </div>
    );
}
