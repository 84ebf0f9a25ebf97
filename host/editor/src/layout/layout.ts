// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Catalogue } from '../model/component.ts';
import { endpoint, type Graph, type Position } from '../model/graph.ts';
import type { LayoutAnswer, LayoutRequest } from './layout.worker.ts';
import { nodeHeight, nodeWidth, portHeight } from './size.ts';

function request(graph: Graph, catalogue: Catalogue): LayoutRequest {
    return {
        nodes: [...graph.nodes.keys()].map((name) => ({ name, width: nodeWidth, height: nodeHeight(graph, catalogue, name) })),
        edges: graph.edges
            .map((edge) => ({
                from: endpoint(edge.from).node,
                to: endpoint(edge.to).node,
                fromAt: portHeight(graph, catalogue, edge.from, true),
                toAt: portHeight(graph, catalogue, edge.to, false),
            }))
            .filter(({ from, to }) => from !== to && graph.nodes.has(from) && graph.nodes.has(to)),
    };
}

/** Finds places for all nodes in a worker, so that the page stays alive; the worker is loaded when first needed. */
export function layout(graph: Graph, catalogue: Catalogue): Promise<ReadonlyMap<string, Position>> {
    return new Promise((resolve, reject) => {
        const worker = new Worker(new URL('./layout.worker.ts', import.meta.url), { type: 'module' });
        worker.onmessage = (event: MessageEvent<LayoutAnswer>) => {
            worker.terminate();
            resolve(event.data);
        };
        worker.onerror = (event) => {
            worker.terminate();
            reject(new Error(`layout: ${event.message}; places for the nodes were expected`));
        };
        worker.postMessage(request(graph, catalogue));
    });
}
