// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Graphs that scenarios begin with.

/** Three nodes in a line. */
export const line = {
    penstock: 1,
    name: 'line',
    nodes: { read: { component: 'json/read' }, mark: { component: 'fields/set', params: { field: 'a', value: 1 } }, done: { component: 'debug/null' } },
    edges: [
        { from: 'read.out', to: 'mark.in' },
        { from: 'mark.out', to: 'done.in' },
    ],
    layout: { read: [0, 0], mark: [264, 0], done: [528, 0] },
};

/** A node that fails on packets with `bad`: true. */
export const failing = {
    penstock: 1,
    name: 'fails',
    nodes: { read: { component: 'json/read' }, trip: { component: 'debug/fail', params: { field: 'bad', value: true } }, done: { component: 'debug/null' } },
    edges: [
        { from: 'read.out', to: 'trip.in' },
        { from: 'trip.out', to: 'done.in' },
    ],
    layout: { read: [0, 0], trip: [264, 0], done: [528, 0] },
};

/** A publisher that keeps packets until somebody can write to a named pipe. */
export function gated(pipe) {
    return {
        penstock: 1,
        name: 'gated',
        lanes: 1,
        nodes: { read: { component: 'json/read' }, hold: { component: 'gate/hold', params: { path: pipe } } },
        edges: [{ from: 'read.out', to: 'hold.in', capacity: 16 }],
        layout: { read: [0, 0], hold: [264, 0] },
    };
}

/** Two hundred nodes and three hundred edges. */
export function large() {
    const nodes = { n0: { component: 'json/read' } };
    const edges = [];
    const layout = { n0: [0, 0] };
    for (let i = 1; i < 200; ++i) {
        nodes[`n${i}`] = i > 180 ? { component: 'debug/null' } : { component: 'fields/set', params: { field: 'a', value: i } };
        layout[`n${i}`] = [Math.floor(i / 10) * 264, (i % 10) * 144];
        edges.push({ from: `n${Math.max(0, i - 10 > 180 ? 174 : i - 10)}.out`, to: `n${i}.in` });
        if (i > 20 && (i % 2 === 0 || i % 14 === 3)) edges.push({ from: `n${Math.min(i - 19, 180)}.out`, to: `n${i}.in` });
    }
    return { penstock: 1, name: 'large', nodes, edges, layout };
}
