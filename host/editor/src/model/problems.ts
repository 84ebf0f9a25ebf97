// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { titleOf } from './component.ts';
import { edgeId, endpoint, type Graph } from './graph.ts';

/** What is wrong with a graph, as the host tells it: a JSON pointer into the file, and two sentences. */
export interface Problem {
    pointer: string;
    message: string;
    expected: string;
}

/** Where on the page a problem belongs. */
export interface Place {
    node?: string;
    edge?: string;
    field?: string;
}

function segments(pointer: string): string[] {
    return pointer
        .split('/')
        .slice(1)
        .map((each) => each.replaceAll('~1', '/').replaceAll('~0', '~'));
}

export function pointerTo(...parts: (string | number)[]): string {
    return parts.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Finds node, edge and parameter that a pointer names, as far as they are there. */
export function placeOf(pointer: string, graph: Graph): Place {
    const [top, name, part, key] = segments(pointer);
    if (top === 'nodes' && name !== undefined && graph.nodes.has(name))
        return { node: name, ...(part === 'params' && key !== undefined ? { field: key } : {}) };
    if (top === 'edges' && name !== undefined) {
        const edge = graph.edges[Number(name)];
        if (edge) return { edge: edgeId(edge) };
    }
    return {};
}

/** What is wrong, for where the parameter stands beside it: without its name. */
export function shortMessage({ message, expected }: Pick<Problem, 'message' | 'expected'>): string {
    const short = message.replace(/^parameter "[^"]*" /, '');
    return expected ? `${short}; ${expected}` : short;
}

/** Names the place for people: a node's title, an edge, or the graph. */
export function placeName(place: Place, graph: Graph): string {
    if (place.node) return graph.nodes.get(place.node)?.title ?? titleOf(place.node);
    if (place.edge) {
        const edge = graph.edges.find((each) => edgeId(each) === place.edge);
        return edge ? `${endpoint(edge.from).node} → ${endpoint(edge.to).node}` : place.edge;
    }
    return 'graph';
}
