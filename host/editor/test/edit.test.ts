// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutOut, paste, readPiece, writePiece } from '../src/model/clipboard.ts';
import { diff } from '../src/model/diff.ts';
import { addNode, connect, move, remove, rename, setEdge, setParam, splice } from '../src/model/edit.ts';
import { edgeId, freshName } from '../src/model/graph.ts';
import { coalesceTime, emptyHistory, longestHistory, record, redo, undo, type History } from '../src/model/history.ts';
import { arrange } from '../src/layout/layout.worker.ts';
import { merge } from '../src/model/merge.ts';
import { rowsOf } from '../src/model/packet_diff.ts';
import { parseGraph } from '../src/model/read.ts';
import { validate } from '../src/model/validate.ts';
import { writeGraph } from '../src/model/write.ts';
import { catalogue, line } from './samples.ts';

test('a new node gets a name that nobody has, and a place on the grid', () => {
    const { graph, name } = addNode(line, 'fields/set', [101, 53]);
    assert.equal(name, 'set2');
    assert.deepEqual(graph.layout!.get('set2'), [104, 56]);
    assert.equal(line.nodes.get('set2'), undefined);
});

test('names count on from the number they end with', () => {
    assert.equal(freshName('read', new Set(['read', 'read2'])), 'read3');
    assert.equal(freshName('Not a name', new Set()), 'node');
});

test('the same edge is not drawn twice', () => assert.equal(connect(line, 'read.out', 'set.in'), line));

test('removing a node removes its edges and its place', () => {
    const graph = remove(line, ['set']);
    assert.deepEqual(graph.edges, []);
    assert.deepEqual([...graph.layout!.keys()], ['read', 'done']);
});

test('renaming keeps the order of the file and follows the edges', () => {
    const graph = rename(line, 'set', 'sign');
    assert.deepEqual([...graph.nodes.keys()], ['read', 'sign', 'done']);
    assert.deepEqual(graph.edges.map(edgeId), ['read.out>sign.in', 'sign.out>done.in']);
});

test('a parameter taken away leaves no empty object behind', () => {
    const graph = setParam(setParam(line, 'set', 'field', undefined), 'set', 'value', undefined);
    assert.deepEqual(graph.nodes.get('set'), { component: 'fields/set' });
});

test('a node put into an edge takes both of its ends', () => {
    const { graph, name } = addNode(line, 'fields/set', [0, 0]);
    assert.deepEqual(splice(graph, 'read.out>set.in', name, 'in', 'out').edges.map(edgeId), ['set.out>done.in', 'read.out>set2.in', 'set2.out>set.in']);
});

test('the capacity of an edge is set and taken away', () => {
    assert.equal(setEdge(line, 'read.out>set.in', { capacity: 8 }).edges[0]!.capacity, 8);
    assert.deepEqual(setEdge(line, 'set.out>done.in', { capacity: undefined }).edges[1], { from: 'set.out', to: 'done.in' });
});

test('undo and redo go back and forth, and a new action forgets what was undone', () => {
    let history: History<number> = emptyHistory();
    history = record(history, 1, undefined, 0);
    history = record(history, 2, undefined, 0);
    const back = undo(history, 3)!;
    assert.equal(back.present, 2);
    assert.equal(redo(back.history, back.present)!.present, 3);
    assert.equal(redo(record(back.history, 2, undefined, 0), 4), null);
    assert.equal(undo(emptyHistory<number>(), 1), null);
});

test('quick edits of one field are one action, others and slow ones are not', () => {
    let history: History<number> = emptyHistory();
    history = record(history, 1, 'field', 0);
    history = record(history, 2, 'field', coalesceTime - 1);
    assert.deepEqual(history.past, [1]);
    history = record(history, 3, 'other', coalesceTime);
    history = record(history, 4, 'other', 10 * coalesceTime);
    assert.deepEqual(history.past, [1, 3, 4]);
});

test('the history is bounded', () => {
    let history: History<number> = emptyHistory();
    for (let i = 0; i < 3 * longestHistory; ++i) history = record(history, i, undefined, 0);
    assert.equal(history.past.length, longestHistory);
});

test('what is copied can be pasted as text, with fresh names and its inner edges', () => {
    const piece = readPiece(writePiece(cutOut(line, new Set(['read', 'set']))))!;
    const { graph, names } = paste(line, piece, [32, 32]);
    assert.deepEqual(names, ['read2', 'set2']);
    assert.deepEqual(graph.edges.map(edgeId), ['read.out>set.in', 'set.out>done.in', 'read2.out>set2.in']);
    assert.deepEqual(graph.layout!.get('set2'), [272, 32]);
});

test('a text that describes no nodes is not pasted', () => {
    for (const text of ['', 'hello', '[]', '{"nodes": 1}', '{}']) assert.equal(readPiece(text), null, text);
});

test('a difference names parameters, nodes and edges, but not places', () => {
    const after = move(setParam(remove(line, [], ['read.out>set.in']), 'set', 'value', 2), new Map([['read', [800, 0]]]));
    assert.deepEqual(diff(line, after), [
        { kind: 'changed', what: 'node set', detail: 'value: 1 → 2' },
        { kind: 'removed', what: 'edge read.out → set.in' },
    ]);
    assert.deepEqual(diff(line, move(line, new Map([['read', [8, 8]]]))), []);
});

test('an edge that says it waits differs from one that says nothing in nothing', () => {
    const waits = { ...line, edges: line.edges.map((edge) => ({ ...edge, overflow: 'wait' as const })) };
    const drops = { ...line, edges: line.edges.map((edge) => ({ ...edge, overflow: 'drop' as const })) };
    assert.deepEqual(diff(line, waits), []);
    assert.equal(diff(waits, drops).length, line.edges.length);
});

test('changes of two people that do not touch each other are both kept', () => {
    const mine = setParam(line, 'set', 'value', 2);
    const theirs = { ...addNode(line, 'debug/null', [0, 200]).graph, title: 'theirs' };
    const { graph, clashes } = merge(line, mine, theirs);
    assert.deepEqual(clashes, []);
    assert.equal(graph.nodes.get('set')!.params!.value, 2);
    assert.ok(graph.nodes.has('null'));
    assert.equal(graph.title, 'theirs');
});

test('where two people changed the same, mine stands and it is told', () => {
    const { graph, clashes } = merge(line, setParam(line, 'set', 'value', 2), setParam(line, 'set', 'value', 3));
    assert.deepEqual(clashes, ['node set']);
    assert.equal(graph.nodes.get('set')!.params!.value, 2);
});

// In an object each of these names is there for nothing.
test('a node may have any name that the host takes', () => {
    for (const name of ['constructor', 'valueof', 'hasownproperty', 'tostring']) {
        const text = writeGraph(rename(line, 'set', name));
        const graph = parseGraph(text);
        assert.equal(writeGraph(graph), text);
        assert.deepEqual(validate(graph, catalogue), []);
        assert.deepEqual(diff(graph, graph), []);
        assert.deepEqual(merge(graph, graph, graph), { graph, clashes: [] });
        assert.equal(freshName(name, line.nodes), name);
        const nodes = [...graph.nodes.keys()].map((each) => ({ name: each, width: 184, height: 101 }));
        assert.equal(arrange({ nodes, edges: [] }).size, 3);
    }
});

test('a parameter or a field with such a name is one only if it is there', () => {
    assert.deepEqual(
        validate(setParam(line, 'set', 'constructor', 1), catalogue).map((each) => each.message),
        ['unknown parameter "constructor"'],
    );
    assert.deepEqual(rowsOf({ constructor: 1 } as never, {}).map((each) => each.kind), ['added']);
    assert.deepEqual(diff(line, setParam(line, 'set', 'constructor', 1)).map((each) => each.detail), ['constructor: not set → 1']);
});
