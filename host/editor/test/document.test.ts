// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../src/model/graph.ts';
import { useDocument } from '../src/state/document.ts';

const graph: Graph = { penstock: 1, name: 'line', nodes: new Map(), edges: [] };
const outside = { pointer: '/nodes/done', message: 'does not start: outside', expected: '' };

test('why the host did not run a version is not forgotten when an earlier question is answered', () => {
    const { open, setTold } = useDocument.getState();
    open({ graph, etag: '"1"' });
    setTold(graph, [outside], true);
    setTold(graph, []);
    assert.deepEqual(useDocument.getState().told?.problems, [outside]);
    setTold(graph, [], true);
    assert.deepEqual(useDocument.getState().told?.problems, []);
});

test('what is said of another version is not taken for this one', () => {
    const { open, setTold } = useDocument.getState();
    open({ graph, etag: '"1"' });
    setTold({ ...graph }, [outside], true);
    assert.equal(useDocument.getState().told, null);
});
