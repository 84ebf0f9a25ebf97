// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Handle, Position, type NodeProps } from '@xyflow/react';
import { memo } from 'react';
import { errorPort, hasErrorPort, outputsOf, titleOf, type Component, type Port } from '../model/component.ts';
import { writeJson } from '../model/json.ts';
import type { GraphNode } from '../model/graph.ts';
import { parseWiredPorts, wiredPorts } from '../model/wiring.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { Icon } from '../ui/icon.tsx';
import { Tile } from '../ui/controls.tsx';
import { CardFoot } from './card_foot.tsx';
import { CardPorts } from './card_ports.tsx';
import type { CardNode } from './flow_nodes.ts';
import { inHandle, outHandle } from './handles.ts';
import { useProblemNodes } from './problem_nodes.ts';
import { useZoomLevel } from './zoom_level.ts';

/** The one line under the title: the first required parameter, else the component. */
export function subtitle(component: Component | undefined, node: GraphNode): string {
    const key = component?.params.required?.[0];
    const value = key === undefined ? undefined : node.params?.[key];
    if (value === undefined || value === '') return node.component;
    if (Array.isArray(value)) return value.map((each) => (typeof each === 'string' ? each : writeJson(each))).join(', ') || node.component;
    return typeof value === 'string' ? value : writeJson(value);
}

const asPorts = (names: readonly string[]): Port[] => names.filter((name) => name !== errorPort).map((name) => ({ name }));

function Blocks({ inputs, outputs }: { inputs: readonly Port[]; outputs: readonly Port[] }) {
    return (
        <>
            {inputs.map((port) => (
                <Handle key={port.name} type="target" position={Position.Left} id={inHandle(port.name)} className="port hidden" />
            ))}
            {[...outputs, { name: errorPort }].map((port) => (
                <Handle key={port.name} type="source" position={Position.Right} id={outHandle(port.name)} className="port hidden" />
            ))}
        </>
    );
}

/** One node on the canvas. */
export const Card = memo(function Card({ id, selected }: NodeProps<CardNode>) {
    const node = useDocument((state) => state.graph?.nodes.get(id));
    const wired = parseWiredPorts(useDocument((state) => wiredPorts(state.graph, id)));
    const component = useHost((state) => state.catalogue.get(node?.component ?? ''));
    const problems = useProblemNodes().get(id);
    const level = useZoomLevel();
    if (!node) return null;
    // Of a component that is not there, the edges tell the ports.
    const inputs = component ? component.inputs : asPorts(wired.inputs);
    const outputs = component ? outputsOf(component, node) : asPorts(wired.outputs);
    const hasError = component ? hasErrorPort(component) : wired.outputs.includes(errorPort);
    const title = node.title ?? titleOf(id);
    const classes = ['card', `category-${component?.category ?? 'unknown'}`, `level-${level}`, selected ? 'selected' : '', problems ? 'wrong' : ''];
    return (
        <div className={classes.join(' ')} data-testid={`node-${id}`} aria-label={`${title}, ${node.component}${problems ? `, ${problems} problems` : ''}`} role="group">
            <div className="card-head">
                <Tile category={component?.category} />
                <div className="card-names">
                    <strong>{title}</strong>
                    <span className="mono">{subtitle(component, node)}</span>
                </div>
                {problems && (
                    <span className="card-problem" title={`${problems} problem${problems > 1 ? 's' : ''}`}>
                        <Icon name="error" size={15} />
                    </span>
                )}
            </div>
            {level === 'blocks' ? (
                <Blocks inputs={inputs} outputs={outputs} />
            ) : (
                <>
                    <CardPorts name={id} component={component} inputs={inputs} outputs={outputs} wired={wired.inputs} />
                    <CardFoot name={id} hasError={hasError} />
                </>
            )}
        </div>
    );
});
