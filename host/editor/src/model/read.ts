// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph, GraphEdge, GraphNode, Position } from './graph.ts';
import { isObject, kindOf, numberOf, parseJson, type Json } from './json.ts';

/** Returns why a text is no graph file: `where: what is wrong; what was expected`. */
export class NoGraph extends Error {}

function fail(where: string, wrong: string, expected: string): never {
    throw new NoGraph(`${where || '/'}: ${wrong}; ${expected} was expected`);
}

function readNode(at: string, value: Json): GraphNode {
    if (!isObject(value)) fail(at, `is ${kindOf(value)}`, 'an object');
    if (typeof value.component !== 'string') fail(`${at}/component`, 'is missing', 'package/name');
    if (value.params !== undefined && !isObject(value.params)) fail(`${at}/params`, `is ${kindOf(value.params)}`, 'an object');
    return value as unknown as GraphNode;
}

function readEdge(at: string, value: Json): GraphEdge {
    if (!isObject(value)) fail(at, `is ${kindOf(value)}`, 'an object');
    for (const end of ['from', 'to'])
        if (typeof value[end] !== 'string') fail(`${at}/${end}`, 'is missing', 'node.port');
    return value as unknown as GraphEdge;
}

/** Reads what the page needs to show a graph; everything else is for the host to check. */
export function readGraph(value: Json): Graph {
    if (!isObject(value)) fail('', `is ${kindOf(value)}`, 'an object');
    if (value.penstock !== 1) fail('/penstock', 'is not 1', '1');
    if (!isObject(value.nodes)) fail('/nodes', 'is missing', 'an object');
    const nodes = new Map<string, GraphNode>();
    for (const [name, each] of Object.entries(value.nodes)) nodes.set(name, readNode(`/nodes/${name}`, each));
    const list = value.edges ?? [];
    if (!Array.isArray(list)) fail('/edges', `is ${kindOf(list)}`, 'a list');
    const layout = new Map<string, Position>();
    for (const [name, place] of Object.entries(isObject(value.layout) ? value.layout : {})) {
        const [x, y] = Array.isArray(place) ? place.map(numberOf) : [];
        if (x !== undefined && y !== undefined) layout.set(name, [x, y]);
    }
    const { layout: _, ...rest } = value;
    return {
        ...(rest as unknown as Graph),
        name: typeof value.name === 'string' ? value.name : '',
        nodes,
        edges: list.map((each, i) => readEdge(`/edges/${i}`, each)),
        ...(layout.size > 0 ? { layout } : {}),
    };
}

export function parseGraph(text: string): Graph {
    let value: Json;
    try {
        value = parseJson(text);
    } catch (error) {
        throw new NoGraph(`the file: is not JSON (${(error as Error).message}); a graph file was expected`);
    }
    return readGraph(value);
}
