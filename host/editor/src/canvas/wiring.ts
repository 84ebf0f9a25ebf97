// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Which wires may be drawn, and what to say of those that may not.
import type { Connection } from '@xyflow/react';
import { hasErrorPort, outputsOf, errorPort, type Catalogue } from '../model/component.ts';
import { connect } from '../model/edit.ts';
import type { Graph } from '../model/graph.ts';
import { neighbours, spread } from '../model/topology.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';
import { portOf } from './handles.ts';

export interface PortChoice {
    end: string;
    node: string;
    port: string;
}

/** The outputs of a node, `error` last. */
export function outputEnds(graph: Graph, catalogue: Catalogue, name: string): PortChoice[] {
    const node = graph.nodes.get(name);
    const component = node && catalogue.get(node.component);
    if (!node || !component) return [];
    const ports = outputsOf(component, node).map((port) => port.name);
    if (hasErrorPort(component)) ports.push(errorPort);
    return ports.map((port) => ({ end: `${name}.${port}`, node: name, port }));
}

/** Every input that an output may be wired to and is not yet, nodes in the order of the file. */
export function inputEnds(graph: Graph, catalogue: Catalogue, from: string): PortChoice[] {
    return [...graph.nodes].flatMap(([name, node]) =>
        (catalogue.get(node.component)?.inputs ?? [])
            .map((port) => ({ end: `${name}.${port.name}`, node: name, port: port.name }))
            .filter(({ end }) => !from.startsWith(`${name}.`) && !graph.edges.some((edge) => edge.from === from && edge.to === end)),
    );
}

/** Adds an edge; one that closes a cycle is drawn red and told, not refused. */
export function addEdge(from: string, to: string): void {
    const { graph, change } = useDocument.getState();
    if (!graph) return;
    const { toast } = useView.getState();
    if (graph.edges.some((edge) => edge.from === from && edge.to === to)) return toast(`${from} and ${to} are wired already`);
    const [source, target] = [from.split('.')[0]!, to.split('.')[0]!];
    if (spread([target], neighbours(graph)).has(source)) toast(`This edge closes a cycle: ${source} comes after ${target}. It cannot be deployed so.`, 'error');
    change((now) => connect(now, from, to));
}

interface End {
    id?: string | null;
    nodeId: string;
    type: 'source' | 'target';
}

/** Returns why two ports cannot be connected. */
export function refuseWire(from: End, to: End): void {
    const name = (end: End) => `${end.nodeId}.${portOf(end.id)}`;
    if (from.type !== to.type || name(from) === name(to)) return;
    const both = from.type === 'source' ? 'outputs' : 'inputs';
    useView.getState().toast(`${name(from)} and ${name(to)} are both ${both}; a wire leads from an output to an input`, 'error');
}

export function addConnection(connection: Connection): void {
    addEdge(`${connection.source}.${portOf(connection.sourceHandle)}`, `${connection.target}.${portOf(connection.targetHandle)}`);
}
