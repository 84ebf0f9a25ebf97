// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Three versions into one: what only one side changed is taken; where both did, mine stands and is told.
import { edgeId, type Graph, type GraphEdge, type Position } from './graph.ts';
import { sameJson, type Json } from './json.ts';

const same = (left: unknown, right: unknown) => sameJson(left as Json | undefined, right as Json | undefined);

type Named<T> = ReadonlyMap<string, T>;

function mergeMaps<T>(base: Named<T>, mine: Named<T>, theirs: Named<T>, clash: (key: string) => void): Map<string, T> {
    const merged = new Map<string, T>();
    for (const key of new Set([...mine.keys(), ...theirs.keys()])) {
        const [old, here, there] = [base.get(key), mine.get(key), theirs.get(key)];
        const taken = same(here, old) ? there : here;
        if (!same(here, old) && !same(there, old) && !same(here, there)) clash(key);
        if (taken !== undefined) merged.set(key, taken);
    }
    return merged;
}

const none: Named<Position> = new Map();
const byId = (edges: GraphEdge[]) => new Map(edges.map((edge) => [edgeId(edge), edge]));

/** Merges two changes of one graph; `clashes` names what both changed in different ways. */
export function merge(base: Graph, mine: Graph, theirs: Graph): { graph: Graph; clashes: string[] } {
    const clashes: string[] = [];
    const nodes = mergeMaps(base.nodes, mine.nodes, theirs.nodes, (name) => clashes.push(`node ${name}`));
    const edges = mergeMaps(byId(base.edges), byId(mine.edges), byId(theirs.edges), (id) => clashes.push(`edge ${id.replace('>', ' → ')}`));
    const layout = mergeMaps(base.layout ?? none, mine.layout ?? none, theirs.layout ?? none, () => {});
    const graph: Graph = { ...mine, nodes, edges: [...edges.values()], layout: new Map([...layout].filter(([name]) => nodes.has(name))) };
    for (const key of ['$schema', 'title', 'note', 'partition_by', 'lanes', 'pending_memory'] as const) {
        if (!same(mine[key], base[key])) {
            if (!same(theirs[key], base[key]) && !same(mine[key], theirs[key])) clashes.push(key);
        } else if (theirs[key] === undefined) delete graph[key];
        else Object.assign(graph, { [key]: theirs[key] });
    }
    return { graph, clashes };
}
