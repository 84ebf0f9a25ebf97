// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import { errorPort, hasErrorPort, isFedByHost, outputsOf, type Component, type Port } from '../model/component.ts';
import { remove } from '../model/edit.ts';
import { edgeId, type GraphEdge, type GraphNode } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import type { Placed } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';

function Edges({ edges, other }: { edges: GraphEdge[]; other: 'from' | 'to' }) {
    return (
        <ul className="port-edges">
            {edges.map((edge) => (
                <li key={edgeId(edge)}>
                    <button type="button" className="linklike mono" onClick={() => useView.getState().select([], [edgeId(edge)])}>
                        {other === 'from' ? `← ${edge.from}` : `→ ${edge.to}`}
                    </button>
                    <IconButton
                        icon="close"
                        size={13}
                        label={`Remove the edge ${edge.from} to ${edge.to}`}
                        onClick={() => useDocument.getState().change((graph) => remove(graph, [], [edgeId(edge)]))}
                    />
                </li>
            ))}
        </ul>
    );
}

function PortRow({ port, note, children }: { port: Port; note: string; children: ReactNode }) {
    return (
        <div className="port-item">
            <p>
                <b className="mono">{port.name}</b> <span>{note}</span>
            </p>
            {port.help && <p className="field-help">{port.help}</p>}
            {children}
        </div>
    );
}

/** Every port with what is wired to it. */
export function PortsTab(props: { name: string; node: GraphNode; component: Component | undefined; problems: Placed[] }) {
    const { name, node, component, problems } = props;
    const edges = useDocument((state) => state.graph!.edges);
    const outputs = component ? outputsOf(component, node) : [];
    if (component && hasErrorPort(component)) outputs.push({ name: errorPort, help: 'Packets on which this node failed. Unwired, they become dead letters.' });
    const shown = problems.filter((each) => !each.pointer.includes('/params/'));
    return (
        <div className="ports-tab">
            {shown.map((each) => (
                <p className="notice bad" key={each.pointer + each.message}>
                    {each.message}; {each.expected}
                </p>
            ))}
            <h3>Inputs</h3>
            {component?.inputs.length === 0 && <p className="notice">None: packets begin here.</p>}
            {component?.inputs.map((port) => {
                const wired = edges.filter((edge) => edge.to === `${name}.${port.name}`);
                const note = isFedByHost(component, port, wired.length > 0) ? 'fed by the host' : wired.length > 0 ? '' : port.optional ? 'optional' : 'not wired';
                return (
                    <PortRow key={port.name} port={port} note={note}>
                        <Edges edges={wired} other="from" />
                    </PortRow>
                );
            })}
            <h3>Outputs</h3>
            {outputs.length === 0 && <p className="notice">None.</p>}
            {outputs.map((port) => {
                const wired = edges.filter((edge) => edge.from === `${name}.${port.name}`);
                const note = wired.length > 0 ? '' : port.name === errorPort ? 'to the dead letters' : 'not wired: packets are dropped and counted';
                return (
                    <PortRow key={port.name} port={port} note={note}>
                        <Edges edges={wired} other="to" />
                    </PortRow>
                );
            })}
            <Button icon="plus" onClick={() => useView.getState().show({ kind: 'wire', node: name })}>
                Connect to…
            </Button>
        </div>
    );
}
