// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrange } from '../src/layout/layout.worker.ts';
import { bends, path } from '../src/layout/route.ts';

const size = { width: 184, height: 101 };
const ports = { fromAt: 54, toAt: 54 };

test('arranged nodes do not overlap, and stand on the grid from left to right', () => {
    const nodes = Array.from({ length: 60 }, (_, i) => ({ name: `n${i}`, ...size }));
    const edges = nodes.slice(1).map(({ name }, i) => ({ from: `n${Math.floor(i / 2)}`, to: name, ...ports }));
    const places = arrange({ nodes, edges });
    const all = [...places.values()];
    for (const [i, [x, y]] of all.entries()) {
        assert.equal(x % 8, 0);
        assert.equal(y % 8, 0);
        for (const [otherX, otherY] of all.slice(i + 1))
            assert.ok(Math.abs(x - otherX) >= size.width || Math.abs(y - otherY) >= size.height, 'two nodes overlap');
    }
    for (const { from, to } of edges) assert.ok(places.get(from)![0] < places.get(to)![0]);
});

test('a cycle can be arranged', () => {
    const nodes = ['a', 'b'].map((name) => ({ name, ...size }));
    assert.equal(arrange({ nodes, edges: [{ from: 'a', to: 'b', ...ports }, { from: 'b', to: 'a', ...ports }] }).size, 2);
});

test('what hangs on the lower port of a node stands below what hangs on the upper', () => {
    for (const order of [['up', 'down'], ['down', 'up']]) {
        const nodes = ['source', ...order, 'end'].map((name) => ({ name, ...size }));
        const edges = [
            { from: 'source', to: 'down', fromAt: 90, toAt: 54 },
            { from: 'source', to: 'up', fromAt: 54, toAt: 54 },
            { from: 'down', to: 'end', fromAt: 54, toAt: 74 },
            { from: 'up', to: 'end', fromAt: 54, toAt: 54 },
        ];
        const places = arrange({ nodes, edges });
        assert.ok(places.get('up')![1] + size.height < places.get('down')![1], order.join());
    }
});

test('a wire with nothing in its way has no bends', () => {
    assert.deepEqual(bends({ x: 0, y: 0 }, { x: 400, y: 0 }, [{ x: 100, y: 80, ...size }]), []);
});

test('a wire goes around a node that stands in its way', () => {
    const box = { x: 200, y: -50, ...size };
    const through = bends({ x: 0, y: 0 }, { x: 600, y: 0 }, [box]);
    assert.equal(through.length, 2);
    for (const { y } of through) assert.ok(y < box.y || y > box.y + box.height);
});

test('a wire that goes around one node does not cross the next', () => {
    const boxes = [
        { x: 200, y: -50, ...size },
        { x: 200, y: 70, ...size },
    ];
    const through = bends({ x: 0, y: 0 }, { x: 600, y: 0 }, boxes);
    for (const { y } of through) for (const box of boxes) assert.ok(y < box.y || y > box.y + box.height);
});

test('a path begins and ends at the ports', () => {
    assert.match(path({ x: 1, y: 2 }, { x: 300, y: 4 }, []).d, /^M1,2 C.* 300,4$/);
    assert.match(path({ x: 300, y: 2 }, { x: 10, y: 4 }, []).d, /^M300,2 C.* 10,4$/);
});
