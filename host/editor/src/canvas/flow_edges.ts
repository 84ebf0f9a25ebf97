// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Edge } from '@xyflow/react';
import { edgeId, endpoint, type Graph } from '../model/graph.ts';
import { cyclicEdges } from '../model/topology.ts';
import { inHandle, outHandle } from './handles.ts';

export type WireEdge = Edge<{ id: string; cyclic: boolean; from: string; to: string }, 'wire'>;

/** The edges of a graph that have both nodes, for the canvas library. */
export function flowEdges(graph: Graph, selected: ReadonlySet<string>, isDrawn: (node: string, port: string, isOutput: boolean) => boolean): WireEdge[] {
    const cyclic = cyclicEdges(graph);
    const seen = new Set<string>();
    return graph.edges.flatMap((edge, i): WireEdge[] => {
        const [from, to] = [endpoint(edge.from), endpoint(edge.to)];
        const id = edgeId(edge);
        if (seen.has(id) || !graph.nodes.get(from.node) || !graph.nodes.get(to.node)) return [];
        if (!isDrawn(from.node, from.port, true) || !isDrawn(to.node, to.port, false)) return [];
        seen.add(id);
        return [
            {
                id,
                type: 'wire',
                source: from.node,
                sourceHandle: outHandle(from.port),
                target: to.node,
                targetHandle: inHandle(to.port),
                selected: selected.has(id),
                data: { id, cyclic: cyclic.has(i), from: edge.from, to: edge.to },
                ariaLabel: `Edge from ${edge.from} to ${edge.to}`,
            },
        ];
    });
}
