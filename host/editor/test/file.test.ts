// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Graph } from '../src/model/graph.ts';
import { NoGraph, parseGraph } from '../src/model/read.ts';
import { writeGraph } from '../src/model/write.ts';
import { line } from './samples.ts';

const text = `{
  "penstock": 1,
  "name": "line",
  "nodes": {
    "read": { "component": "json/read" },
    "set": { "component": "fields/set", "params": { "field": "a", "value": 1 } },
    "done": { "component": "debug/null" }
  },
  "edges": [
    { "from": "read.out", "to": "set.in" },
    { "from": "set.out", "to": "done.in", "capacity": 64 }
  ],
  "layout": {
    "read": [0, 0],
    "set": [240, 0],
    "done": [480, 0]
  }
}
`;

test('a graph is written in the canonical form of the host', () => assert.equal(writeGraph(line), text));

test('what was written reads as the same graph', () => assert.deepEqual(parseGraph(text), line));

test('what the page does not edit is kept', () => {
    const graph: Graph = {
        ...line,
        $schema: './penstock.schema.json',
        title: 'T',
        note: 'Ask Ada\nbefore a change.',
        partition_by: '/meta/id',
        lanes: 2,
        pending_memory: '1GiB',
        edges: [{ ...line.edges[0]!, overflow: 'drop' }, line.edges[1]!],
        nodes: new Map(line.nodes).set('set', { ...line.nodes.get('set')!, note: 'why', retry: { attempts: 5 }, package: 'fields@1', stack: '64KiB' }),
    };
    assert.deepEqual(parseGraph(writeGraph(graph)), graph);
});

test('an empty graph is written with empty parts', () =>
    assert.equal(writeGraph({ penstock: 1, name: 'e', nodes: new Map(), edges: [] }), '{\n  "penstock": 1,\n  "name": "e",\n  "nodes": {},\n  "edges": []\n}\n'));

test('what is no graph file is refused with its place', () => {
    for (const [wrong, message] of [
        ['', /is not JSON/],
        ['[]', /is a list; an object was expected/],
        ['{"penstock": 2}', /^\/penstock: is not 1/],
        ['{"penstock": 1}', /^\/nodes: is missing/],
        ['{"penstock": 1, "nodes": {"a": {}}}', /^\/nodes\/a\/component: is missing/],
        ['{"penstock": 1, "nodes": {}, "edges": [{"from": "a.out"}]}', /^\/edges\/0\/to: is missing/],
    ] as const)
        assert.throws(() => parseGraph(wrong), (error) => error instanceof NoGraph && message.test(error.message), wrong);
});
