// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { edgeId, endpoint, type Graph } from './graph.ts';

/** The nodes that each node leads to, each once. */
export function neighbours(graph: Graph, backwards = false): Map<string, Set<string>> {
    const next = new Map([...graph.nodes.keys()].map((name) => [name, new Set<string>()]));
    for (const edge of graph.edges) {
        const [from, to] = [endpoint(edge.from).node, endpoint(edge.to).node];
        if (next.has(from) && next.has(to)) next.get(backwards ? to : from)!.add(backwards ? from : to);
    }
    return next;
}

/** Everything that can be reached from the starts, these included. */
export function spread(starts: Iterable<string>, next: Map<string, Set<string>>): Set<string> {
    const seen = new Set(starts);
    const open = [...seen];
    for (let name = open.pop(); name !== undefined; name = open.pop())
        for (const each of next.get(name) ?? [])
            if (!seen.has(each)) {
                seen.add(each);
                open.push(each);
            }
    return seen;
}

/**
 * Finds the groups of nodes that lead back to themselves (R. Tarjan, 1972), without recursion: a graph may be a
 * chain of ten thousand nodes.
 */
export function cyclicGroups(graph: Graph): string[][] {
    const next = neighbours(graph);
    const number = new Map<string, number>();
    const lowest = new Map<string, number>();
    const open: string[] = [];
    const isOpen = new Set<string>();
    const groups: string[][] = [];
    for (const root of next.keys()) {
        if (number.has(root)) continue;
        const path: { name: string; rest: Iterator<string> }[] = [];
        const enter = (name: string) => {
            number.set(name, number.size);
            lowest.set(name, number.get(name)!);
            open.push(name);
            isOpen.add(name);
            path.push({ name, rest: next.get(name)!.values() });
        };
        enter(root);
        while (path.length > 0) {
            const top = path.at(-1)!;
            const child = top.rest.next();
            if (!child.done) {
                if (!number.has(child.value)) enter(child.value);
                else if (isOpen.has(child.value))
                    lowest.set(top.name, Math.min(lowest.get(top.name)!, number.get(child.value)!));
                continue;
            }
            path.pop();
            const above = path.at(-1);
            if (above) lowest.set(above.name, Math.min(lowest.get(above.name)!, lowest.get(top.name)!));
            if (lowest.get(top.name) !== number.get(top.name)) continue;
            const group: string[] = [];
            for (let name = open.pop()!; ; name = open.pop()!) {
                isOpen.delete(name);
                group.push(name);
                if (name === top.name) break;
            }
            if (group.length > 1 || next.get(top.name)!.has(top.name)) groups.push(group.reverse());
        }
    }
    return groups;
}

/** A way from a node back to itself inside its group, the shortest: `a, b` for `a -> b -> a`. */
export function cycleThrough(graph: Graph, group: string[]): string[] {
    const inside = new Set(group);
    const next = neighbours(graph);
    const start = [...graph.nodes.keys()].find((name) => inside.has(name))!;
    const from = new Map<string, string>();
    const queue = [start];
    for (const name of queue)
        for (const each of next.get(name) ?? []) {
            if (each === start) {
                const way = [name];
                while (way[0] !== start) way.unshift(from.get(way[0]!)!);
                return way;
            }
            if (inside.has(each) && !from.has(each)) {
                from.set(each, name);
                queue.push(each);
            }
        }
    return group;
}

/** The edges inside of cyclic groups: those that are drawn red. */
export function cyclicEdges(graph: Graph): Set<number> {
    const groupOf = new Map<string, number>();
    cyclicGroups(graph).forEach((group, i) => group.forEach((name) => groupOf.set(name, i)));
    const found = new Set<number>();
    graph.edges.forEach((edge, i) => {
        const group = groupOf.get(endpoint(edge.from).node);
        if (group !== undefined && group === groupOf.get(endpoint(edge.to).node)) found.add(i);
    });
    return found;
}

/** Nodes in the order in which packets reach them, those in cycles last. */
export function inFlowOrder(graph: Graph): string[] {
    const left = new Map([...graph.nodes.keys()].map((name) => [name, 0]));
    for (const edge of graph.edges) {
        const to = endpoint(edge.to).node;
        if (left.has(to) && left.has(endpoint(edge.from).node)) left.set(to, left.get(to)! + 1);
    }
    const order = [...left].filter(([, count]) => count === 0).map(([name]) => name);
    for (const name of order)
        for (const edge of graph.edges) {
            const to = endpoint(edge.to).node;
            if (endpoint(edge.from).node !== name || !left.has(to)) continue;
            left.set(to, left.get(to)! - 1);
            if (left.get(to) === 0) order.push(to);
        }
    return [...order, ...[...graph.nodes.keys()].filter((name) => !order.includes(name))];
}

/** The edges in the order in which packets pass them. */
export function edgesInFlowOrder(graph: Graph): string[] {
    const rank = new Map(inFlowOrder(graph).map((name, i) => [name, i]));
    const at = (end: string) => rank.get(endpoint(end).node) ?? rank.size;
    return [...graph.edges].sort((a, b) => at(a.from) - at(b.from) || at(a.to) - at(b.to)).map(edgeId);
}
