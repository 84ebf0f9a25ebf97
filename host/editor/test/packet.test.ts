// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../src/model/packet_diff.ts';
import { edgesInFlowOrder } from '../src/model/topology.ts';
import { useFollow } from '../src/live/follow.ts';
import { line } from './samples.ts';

test('a part of a packet shows what is new, changed and gone', () => {
    assert.deepEqual(
        rowsOf({ same: [1], new: true, other: 2 }, { same: [1], other: 1, gone: 'x' }).map(({ key, kind }) => `${kind} ${key}`),
        ['same same', 'added new', 'changed other', 'removed gone'],
    );
});

test('without a packet before, nothing has changed', () => assert.deepEqual(rowsOf({ a: 1 }), [{ key: 'a', kind: 'same', after: 1 }]));

test('edges are listed as packets pass them, whatever their order in the file', () => {
    const order = edgesInFlowOrder(line);
    assert.deepEqual(edgesInFlowOrder({ ...line, edges: [...line.edges].reverse() }), order);
    assert.equal(order[0], 'read.out>set.in');
});

const packet = (receipts: string[]) => ({ seq: 1, ts: '', size: 1, packet: {}, receipts });

test('of all that passes, only what belongs to the request is followed', async () => {
    const follow = useFollow.getState();
    const ready = follow.begin(['a.out>b.in', 'b.out>c.in']);
    follow.tapped('a.out>b.in');
    follow.tapped('b.out>c.in');
    await ready;
    follow.take('a.out>b.in', packet(['mine']));
    follow.take('a.out>b.in', packet(['theirs']));
    follow.take('x.out>y.in', packet(['mine']));
    follow.settle('mine', true);
    follow.take('b.out>c.in', packet(['theirs', 'mine']));
    const { passed } = useFollow.getState();
    assert.deepEqual([...passed].map(([edge, packets]) => [edge, packets.length]), [['a.out>b.in', 1], ['b.out>c.in', 1]]);
    follow.end();
    assert.deepEqual(useFollow.getState().edges, []);
    assert.equal(useFollow.getState().passed.size, 2, 'what was seen stays');
});
