// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Refused } from '../api/client.ts';
import { deployGraph, saveGraph } from '../api/graphs.ts';
import type { Graph, GraphNode, Position } from '../model/graph.ts';
import { goTo } from '../state/route.ts';

/** Keeps a new graph on the host, runs it if asked to, and opens it; tells what is in the way. */
export async function create(graph: Graph, run: boolean): Promise<string | null> {
    try {
        const kept = await saveGraph(graph, null);
        if (run) await deployGraph(graph.name, kept.etag);
        goTo(graph.name);
        return null;
    } catch (error) {
        return error instanceof Refused && error.status === 412 ? `There is a graph “${graph.name}” already.` : (error as Error).message;
    }
}

/** The graph of the first visit: makes packets by itself, works on them, and lets them go. */
export const example: Graph = {
    penstock: 1,
    name: 'example',
    title: 'Ten packets a second, made up: look at them, change them, deploy',
    nodes: new Map<string, GraphNode>([
        ['make', { component: 'debug/generate', title: 'Make packets', params: { count: 0, rate: 10, packet: { greeting: 'hello', place: 'world' } } }],
        ['rename', { component: 'fields/rename', params: { from: ['greeting'], to: ['text'] } }],
        ['sign', { component: 'fields/set', title: 'Sign', params: { field: 'signed', value: 'penstock' } }],
        ['done', { component: 'debug/null', title: 'Let go' }],
    ]),
    edges: [
        { from: 'make.out', to: 'rename.in' },
        { from: 'rename.out', to: 'sign.in' },
        { from: 'sign.out', to: 'done.in' },
    ],
    layout: new Map<string, Position>([
        ['make', [0, 0]],
        ['rename', [264, 0]],
        ['sign', [528, 0]],
        ['done', [792, 0]],
    ]),
};
