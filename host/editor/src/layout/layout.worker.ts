// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import dagre from '@dagrejs/dagre';
import { uncross, type Places, type PortedEdge } from './uncross.ts';

export interface LayoutRequest {
    nodes: { name: string; width: number; height: number }[];
    edges: PortedEdge[];
}
const grid = 8;

export type LayoutAnswer = Places;

/** Ranks from left to right; positions are those of top left corners. */
export function arrange({ nodes, edges }: LayoutRequest): LayoutAnswer {
    const graph = new dagre.graphlib.Graph({ multigraph: true });
    graph.setGraph({ rankdir: 'LR', nodesep: 32, ranksep: 72, marginx: 0, marginy: 0 });
    graph.setDefaultEdgeLabel(() => ({}));
    // The library keeps its nodes in an object, in which `constructor` is no name.
    const keys = new Map(nodes.map(({ name }, i) => [name, `n${i}`]));
    for (const { name, width, height } of nodes) graph.setNode(keys.get(name)!, { width, height });
    edges.forEach(({ from, to }, i) => graph.setEdge(keys.get(from)!, keys.get(to)!, {}, String(i)));
    dagre.layout(graph);
    const places = new Map(
        nodes.map(({ name, width, height }): [string, [number, number]] => {
            const { x, y } = graph.node(keys.get(name)!) as { x: number; y: number };
            return [name, [Math.round((x - width / 2) / grid) * grid, y - height / 2]];
        }),
    );
    const heights = new Map(nodes.map(({ name, height }) => [name, height]));
    return new Map([...uncross(places, heights, edges)].map(([name, [x, y]]) => [name, [x, Math.round(y / grid) * grid]]));
}

if (typeof self !== 'undefined' && typeof document === 'undefined')
    self.onmessage = (event: MessageEvent<LayoutRequest>) => self.postMessage(arrange(event.data));
