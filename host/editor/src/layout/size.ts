// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { errorPort, hasErrorPort, outputsOf, type Catalogue } from '../model/component.ts';
import { endpoint, type Graph } from '../model/graph.ts';

// The sizes of a node as canvas.css draws it, so that layout needs no measuring.
export const nodeWidth = 184;
export const headHeight = 44;
export const rowHeight = 20;
export const rowsPadding = 10;
export const footHeight = 27;

/** The rows of ports that a node shows. */
export function rowsOf(graph: Graph, catalogue: Catalogue, name: string): number {
    const node = graph.nodes.get(name);
    const component = node && catalogue.get(node.component);
    if (!node || !component) {
        const used = (key: 'from' | 'to') =>
            new Set(graph.edges.map((edge) => edge[key]).filter((end) => end.startsWith(`${name}.`))).size;
        return Math.max(used('from'), used('to'), 1);
    }
    return Math.max(component.inputs.length, outputsOf(component, node).length, hasErrorPort(component) ? 1 : 0, 1);
}

export function nodeHeight(graph: Graph, catalogue: Catalogue, name: string): number {
    return headHeight + rowsOf(graph, catalogue, name) * rowHeight + rowsPadding + footHeight;
}

/** How far below the top of its node a port is; `end` is `node.port`. */
export function portHeight(graph: Graph, catalogue: Catalogue, end: string, isOutput: boolean): number {
    const { node: name, port } = endpoint(end);
    if (isOutput && port === errorPort) return nodeHeight(graph, catalogue, name) - footHeight / 2;
    const node = graph.nodes.get(name);
    const component = node && catalogue.get(node.component);
    const ports = !node || !component ? [] : isOutput ? outputsOf(component, node) : component.inputs;
    const row = Math.max(0, ports.findIndex((each) => each.name === port));
    return headHeight + (row + 0.5) * rowHeight;
}
