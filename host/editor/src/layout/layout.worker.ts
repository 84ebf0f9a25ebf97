// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import dagre from '@dagrejs/dagre';
import { uncross, type PortedEdge } from './uncross.ts';

export interface LayoutRequest {
    nodes: { name: string; width: number; height: number }[];
    edges: PortedEdge[];
}
const grid = 8;

export type LayoutAnswer = Record<string, [number, number]>;

/** Ranks from left to right; positions are those of top left corners. */
export function arrange({ nodes, edges }: LayoutRequest): LayoutAnswer {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 72, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { name, width, height } of nodes) graph.setNode(name, { width, height });
    edges.forEach(({ from, to }, i) => graph.setEdge(from, to, {}, String(i)));
    dagre.layout(graph);
    const places = Object.fromEntries(
        nodes.map(({ name, width, height }): [string, [number, number]] => {
            const { x, y } = graph.node(name) as { x: number; y: number };
            return [name, [Math.round((x - width / 2) / grid) * grid, y - height / 2]];
        }),
    );
    const heights = new Map(nodes.map(({ name, height }) => [name, height]));
    return Object.fromEntries(Object.entries(uncross(places, heights, edges)).map(([name, [x, y]]) => [name, [x, Math.round(y / grid) * grid]]));
}

if (typeof self !== 'undefined' && typeof document === 'undefined')
    self.onmessage = (event: MessageEvent<LayoutRequest>) => self.postMessage(arrange(event.data));
