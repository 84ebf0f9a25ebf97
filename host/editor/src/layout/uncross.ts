// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The layout knows nodes only. This looks at ports: of two neighbours in a rank, the one whose wires come from the lower
// port goes below.

export interface PortedEdge {
    from: string;
    to: string;
    /** How far below the top of its node each port is. */
    fromAt: number;
    toAt: number;
}

export type Places = ReadonlyMap<string, [number, number]>;

const mostRounds = 8;

/** How often wires of two nodes cross, at the heights given. */
function crossings(edges: readonly PortedEdge[], a: string, b: string, heights: Places): number {
    const y = (name: string) => heights.get(name)![1];
    let count = 0;
    for (const one of edges)
        for (const other of edges) {
            if (one.from === a && other.from === b && (y(a) + one.fromAt - y(b) - other.fromAt) * (y(one.to) + one.toAt - y(other.to) - other.toAt) < 0) ++count;
            if (one.to === a && other.to === b && (y(a) + one.toAt - y(b) - other.toAt) * (y(one.from) + one.fromAt - y(other.from) - other.fromAt) < 0) ++count;
        }
    return count;
}

/** Swaps neighbours of a rank wherever fewer wires cross then; the space that the two take stays the same. */
export function uncross(places: Places, heights: ReadonlyMap<string, number>, edges: readonly PortedEdge[]): Places {
    const now = new Map(places);
    const ranks = new Map<number, string[]>();
    for (const [name, [x]] of places) ranks.set(x, [...(ranks.get(x) ?? []), name]);
    const at = new Map<string, PortedEdge[]>();
    for (const edge of edges) for (const name of new Set([edge.from, edge.to])) at.set(name, [...(at.get(name) ?? []), edge]);
    for (let round = 0, changed = true; changed && round < mostRounds; ++round) {
        changed = false;
        for (const [, names] of [...ranks].sort(([a], [b]) => a - b)) {
            names.sort((a, b) => now.get(a)![1] - now.get(b)![1]);
            for (let i = 0; i + 1 < names.length; ++i) {
                const [upper, lower] = [names[i]!, names[i + 1]!];
                const touching = [...new Set([...(at.get(upper) ?? []), ...(at.get(lower) ?? [])])];
                const [x, top] = now.get(upper)!;
                const gap = now.get(lower)![1] - top - heights.get(upper)!;
                const before = crossings(touching, upper, lower, now);
                if (before === 0) continue;
                const [old, oldLower] = [now.get(upper)!, now.get(lower)!];
                now.set(lower, [x, top]);
                now.set(upper, [x, top + heights.get(lower)! + gap]);
                if (crossings(touching, upper, lower, now) >= before) {
                    now.set(upper, old);
                    now.set(lower, oldLower);
                    continue;
                }
                [names[i], names[i + 1]] = [lower, upper];
                changed = true;
            }
        }
    }
    return now;
}
