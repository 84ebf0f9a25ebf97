// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph, GraphEdge, GraphNode } from './graph.ts';
import { isObject, writeJson, type Json } from './json.ts';

/** Writes a value in one line with spaces, as the host's canonical form does. */
function line(value: Json): string {
    if (isObject(value)) {
        const members = Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${line(each)}`);
        return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
    }
    return Array.isArray(value) ? `[${value.map(line).join(', ')}]` : writeJson(value);
}

function node(value: GraphNode): Json {
    return {
        component: value.component,
        ...(value.title ? { title: value.title } : {}),
        ...(value.note ? { note: value.note } : {}),
        ...(value.params && Object.keys(value.params).length > 0 ? { params: value.params } : {}),
        ...(value.retry ? { retry: value.retry } : {}),
        ...(value.package ? { package: value.package } : {}),
        ...(value.stack !== undefined ? { stack: value.stack } : {}),
    };
}

function edge(value: GraphEdge): Json {
    return {
        from: value.from,
        to: value.to,
        ...(value.capacity !== undefined ? { capacity: value.capacity } : {}),
        ...(value.overflow === 'drop' ? { overflow: 'drop' } : {}),
    };
}

function block(open: string, lines: string[], close: string): string {
    return lines.length === 0 ? open + close : `${open}\n    ${lines.join(',\n    ')}\n  ${close}`;
}

/** Writes the canonical form: a node, an edge a line, keys in a fixed order, the layout last. */
export function writeGraph(graph: Graph): string {
    const names = [...graph.nodes.keys()];
    const places = names.filter((name) => graph.layout?.has(name));
    const parts = [
        ...(graph.$schema ? [`"$schema": ${JSON.stringify(graph.$schema)}`] : []),
        '"penstock": 1',
        `"name": ${JSON.stringify(graph.name)}`,
        ...(graph.title ? [`"title": ${JSON.stringify(graph.title)}`] : []),
        ...(graph.note ? [`"note": ${JSON.stringify(graph.note)}`] : []),
        `"nodes": ${block('{', names.map((name) => `${JSON.stringify(name)}: ${line(node(graph.nodes.get(name)!))}`), '}')}`,
        `"edges": ${block('[', graph.edges.map((each) => line(edge(each))), ']')}`,
        ...(graph.partition_by ? [`"partition_by": ${JSON.stringify(graph.partition_by)}`] : []),
        ...(graph.lanes !== undefined ? [`"lanes": ${writeJson(graph.lanes)}`] : []),
        ...(graph.pending_memory !== undefined ? [`"pending_memory": ${writeJson(graph.pending_memory)}`] : []),
        ...(places.length > 0
            ? [`"layout": ${block('{', places.map((name) => `${JSON.stringify(name)}: ${line(graph.layout!.get(name)!)}`), '}')}`]
            : []),
    ];
    return `{\n  ${parts.join(',\n  ')}\n}\n`;
}
