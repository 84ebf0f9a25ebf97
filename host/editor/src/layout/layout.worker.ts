// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import dagre from '@dagrejs/dagre';

export interface LayoutRequest {
    nodes: { name: string; width: number; height: number }[];
    edges: { from: string; to: string }[];
}
export type LayoutAnswer = Record<string, [number, number]>;

/** Ranks from left to right; positions are those of top left corners. */
export function arrange({ nodes, edges }: LayoutRequest): LayoutAnswer {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 72, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    for (const { name, width, height } of nodes) graph.setNode(name, { width, height });
    edges.forEach(({ from, to }, i) => graph.setEdge(from, to, {}, String(i)));
    dagre.layout(graph);
    return Object.fromEntries(
        nodes.map(({ name, width, height }) => {
            const { x, y } = graph.node(name) as { x: number; y: number };
            return [name, [Math.round((x - width / 2) / 8) * 8, Math.round((y - height / 2) / 8) * 8]];
        }),
    );
}

if (typeof self !== 'undefined' && typeof document === 'undefined')
    self.onmessage = (event: MessageEvent<LayoutRequest>) => self.postMessage(arrange(event.data));
