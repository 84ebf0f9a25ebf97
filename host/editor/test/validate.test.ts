// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, remove, setNode, setParam } from '../src/model/edit.ts';
import type { Graph } from '../src/model/graph.ts';
import { placeOf } from '../src/model/problems.ts';
import { cyclicEdges } from '../src/model/topology.ts';
import { validate } from '../src/model/validate.ts';
import { catalogue, line } from './samples.ts';

const told = (graph: Graph) => validate(graph, catalogue).map((each) => `${each.pointer}: ${each.message}; ${each.expected}`);
const limits = (params: Record<string, never> | object): string[] => {
    const graph: Graph = { ...line, nodes: new Map(line.nodes).set('set', { component: 'test/limits', params: params as never }) };
    return told(graph);
};

test('a whole graph has no problems', () => assert.deepEqual(told(line), []));

test('a missing parameter is told at its place', () => {
    const problems = validate(setParam(line, 'set', 'value', undefined), catalogue);
    assert.deepEqual(problems.map((each) => each.pointer), ['/nodes/set/params/value']);
    assert.deepEqual(placeOf(problems[0]!.pointer, line), { node: 'set', field: 'value' });
});

test('an unknown parameter is told', () => assert.match(told(setParam(line, 'set', 'valeu', 1))[0]!, /unknown parameter "valeu"/));

test('each keyword of a schema is told in words', () => {
    assert.deepEqual(limits({ count: 0 }), ['/nodes/set/params/count: is 0; at least 1 was expected']);
    assert.deepEqual(limits({ count: 11 }), ['/nodes/set/params/count: is 11; at most 10 was expected']);
    assert.deepEqual(limits({ count: 'x' }), ['/nodes/set/params/count: is a text; a whole number was expected']);
    assert.deepEqual(limits({ count: 1.5 }), ['/nodes/set/params/count: is a number; a whole number was expected']);
    assert.deepEqual(limits({ on: 1 }), ['/nodes/set/params/on: is a number; true or false was expected']);
    assert.deepEqual(limits({ wait: '5 parsecs' }), ['/nodes/set/params/wait: is "5 parsecs"; a duration like "500ms" or "2s" was expected']);
    assert.deepEqual(limits({ names: [] }), ['/nodes/set/params/names: has too few items; at least 1 were expected']);
    assert.match(limits({ names: [1] })[0]!, /is a text was expected$/);
    assert.deepEqual(limits({ count: 5, wait: '2s', on: true, names: ['a'] }), []);
});

test('an enumeration is told with its values', () =>
    assert.deepEqual(told(setParam(line, 'read', 'format', 'xml')), ['/nodes/read/params/format: is "xml"; "auto" or "lines" was expected']));

test('a reference stands for a value that only the host knows', () => assert.deepEqual(limits({ count: '${env:COUNT}' }), []));

test('a reference inside of a text is told', () => {
    assert.match(limits({ names: ['a', 'x-${env:NAME}'] })[0]!, /^\/nodes\/set\/params\/names: has a reference in a text/);
    assert.deepEqual(limits({ names: ['${NAME}'] }), []);
});

test('an unwired required input is told, and that nothing reaches the node', () => {
    const problems = told(remove(line, [], ['read.out>set.in']));
    assert.ok(problems.some((each) => each.startsWith('/nodes/set/in: required input is not wired')));
    assert.ok(problems.some((each) => each.startsWith('/nodes/set: no adapter or source reaches it')));
    assert.ok(problems.some((each) => each.startsWith('/nodes/read: reaches no publisher')));
});

test('the input of an adapter is fed by the host', () => assert.ok(!told(line).some((each) => each.startsWith('/nodes/read/in'))));

test('an adapter that an edge feeds is no entry of its graph', () => {
    const behind = (nodes: Graph['nodes']): Graph => ({ ...line, nodes, edges: [...line.edges.filter((edge) => edge.from !== 'read.out'), { from: 'read.out', to: 'second.in' }, { from: 'second.out', to: 'set.in' }] });
    const second = new Map(line.nodes).set('second', line.nodes.get('read')!);
    assert.deepEqual(told(behind(second)), []);
    const alone = behind(new Map(second).set('read', line.nodes.get('set')!));
    assert.ok(told(alone).includes('/nodes: has no source, and no adapter whose "in" is not wired; at least one source, or adapter that the host feeds, was expected'));
    assert.ok(told(alone).includes('/nodes/second: no adapter or source reaches it; a way from one was expected'));
});

test('an unknown component is told once, and its ports are not judged', () =>
    assert.deepEqual(told(setNode(line, 'set', { component: 'fields/sett', params: undefined })), [
        '/nodes/set/component: unknown component "fields/sett"; a component of the catalogue was expected',
    ]));

test('unknown ports and nodes of an edge are told', () => {
    const graph = { ...line, edges: [...line.edges, { from: 'read.exit', to: 'nobody.in' }] };
    const problems = told(graph);
    assert.match(problems[0]!, /^\/edges\/2\/from: "read" has no output "exit"/);
    assert.match(problems[1]!, /^\/edges\/2\/to: unknown node "nobody"/);
});

test('outputs that a parameter names are ports', () => {
    const base: Graph = { ...line, nodes: new Map(line.nodes).set('set', { component: 'route/split', params: { ports: ['left', 'right'] } }), edges: [line.edges[0]!, { from: 'set.left', to: 'done.in' }] };
    assert.deepEqual(told(base), []);
    assert.match(told(setParam(base, 'set', 'ports', ['right']))[0]!, /has no output "left"/);
});

test('outputs that objects of a parameter name are ports', () => {
    const routes = [{ port: 'left', when: 'a' }, { port: 'right', when: 'b' }];
    const base: Graph = { ...line, nodes: new Map(line.nodes).set('set', { component: 'route/switch', params: { routes } }), edges: [line.edges[0]!, { from: 'set.left', to: 'done.in' }] };
    assert.deepEqual(told(base), []);
    assert.match(told(setParam(base, 'set', 'routes', [{ port: 'right' }]))[0]!, /has no output "left"/);
});

test('a cycle is named from its first node in the order of the file', () => {
    const graph = connect(connect(line, 'set.out', 'set.in'), 'done.error', 'read.in');
    const cycles = told(graph).filter((each) => each.includes('cycle'));
    assert.deepEqual(cycles, ['/edges/3: cycle read -> set -> done -> read; edges that lead back to no node were expected']);
    assert.deepEqual([...cyclicEdges(graph)].sort(), [0, 1, 2, 3]);
});

test('a chain of ten thousand nodes is looked through without recursion', () => {
    const nodes = new Map(Array.from({ length: 10_000 }, (_, i) => [`n${i}`, { component: 'fields/set' }]));
    const edges = Array.from({ length: 9_999 }, (_, i) => ({ from: `n${i}.out`, to: `n${i + 1}.in` }));
    assert.equal(cyclicEdges({ penstock: 1, name: 'chain', nodes, edges }).size, 0);
});

test('an empty graph is told as empty', () =>
    assert.deepEqual(told({ penstock: 1, name: 'empty', nodes: new Map(), edges: [] }), ['/nodes: is empty; at least one adapter or source was expected']));
