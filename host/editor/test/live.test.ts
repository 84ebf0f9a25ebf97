// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stats } from '../src/api/graphs.ts';
import { appended, historyLength, Rates, rate } from '../src/live/rates.ts';
import { clearLive, liveValue } from '../src/live/store.ts';
import { bytes, exact, short } from '../src/model/format.ts';

function stats(received: number, packets: number): Stats {
    return {
        graph: 'g', state: 'running', accepted: received, done: received, delivered: 0, dropped: 0, failed: 0, dead: 0,
        pending: { entries: 0, bytes: 0 },
        nodes: { read: { received, sent: packets, delivered: 0, dropped: 0, failed: 0, restarts: 0, retries: 0 } },
        edges: [{ from: 'read.out', to: 'set.in', packets, depth: 3, capacity: 256 }],
        lanes: [{ pending: 0 }],
    };
}

test('a rate is what was counted in the time between two frames', () => {
    clearLive();
    const rates = new Rates();
    rates.take(stats(100, 100), 1000);
    assert.equal(liveValue('n:read')!.rate, 0);
    rates.take(stats(150, 120), 1500);
    assert.equal(liveValue('n:read')!.rate, 100);
    assert.deepEqual(liveValue('e:read.out>set.in'), { rate: 40, depth: 3, capacity: 256, total: 120 });
    assert.equal(liveValue('n:read')!.received, 150);
});

test('counters that begin anew make no negative rate', () => assert.equal(rate(100, 5, 1), 0));

test('the course of a value is bounded', () => {
    let history: readonly number[] = [];
    for (let i = 0; i < 100; ++i) history = appended(history, i);
    assert.equal(history.length, historyLength);
    assert.equal(history.at(-1), 99);
});

test('numbers are short on wires and exact in panels', () => {
    assert.deepEqual([0, 0.4, 7, 999, 1000, 1234, 48_213, 999_600, 3_400_000].map(short), ['0', '0.4', '7', '999', '1.0k', '1.2k', '48k', '1.0M', '3.4M']);
    assert.equal(exact(48213), '48,213');
    assert.equal(bytes(1536), '1.5 KiB');
});
