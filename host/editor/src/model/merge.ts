// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Three versions into one: what only one side changed is taken; where both did, mine stands and is told.
import { edgeId, type Graph, type GraphEdge } from './graph.ts';
import { sameJson, type Json } from './json.ts';

const same = (left: unknown, right: unknown) => sameJson(left as Json | undefined, right as Json | undefined);

function mergeRecords<T>(base: Record<string, T>, mine: Record<string, T>, theirs: Record<string, T>, clash: (key: string) => void): Record<string, T> {
    const merged: Record<string, T> = {};
    for (const key of new Set([...Object.keys(mine), ...Object.keys(theirs)])) {
        const [old, here, there] = [base[key], mine[key], theirs[key]];
        const taken = same(here, old) ? there : here;
        if (!same(here, old) && !same(there, old) && !same(here, there)) clash(key);
        if (taken !== undefined) merged[key] = taken;
    }
    return merged;
}

const byId = (edges: GraphEdge[]) => Object.fromEntries(edges.map((edge) => [edgeId(edge), edge]));

/** Merges two changes of one graph; `clashes` names what both changed in different ways. */
export function merge(base: Graph, mine: Graph, theirs: Graph): { graph: Graph; clashes: string[] } {
    const clashes: string[] = [];
    const nodes = mergeRecords(base.nodes, mine.nodes, theirs.nodes, (name) => clashes.push(`node ${name}`));
    const edges = mergeRecords(byId(base.edges), byId(mine.edges), byId(theirs.edges), (id) => clashes.push(`edge ${id.replace('>', ' → ')}`));
    const layout = mergeRecords(base.layout ?? {}, mine.layout ?? {}, theirs.layout ?? {}, () => {});
    const graph: Graph = { ...mine, nodes, edges: Object.values(edges), layout: Object.fromEntries(Object.entries(layout).filter(([name]) => nodes[name])) };
    for (const key of ['title', 'partition_by', 'lanes'] as const) {
        if (!same(mine[key], base[key])) {
            if (!same(theirs[key], base[key]) && !same(mine[key], theirs[key])) clashes.push(key);
        } else if (theirs[key] === undefined) delete graph[key];
        else Object.assign(graph, { [key]: theirs[key] });
    }
    return { graph, clashes };
}
