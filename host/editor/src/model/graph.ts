// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Json, JsonObject } from './json.ts';

/** A node as the graph file has it (contract: "A graph file"). */
export interface GraphNode {
    component: string;
    title?: string;
    note?: string;
    params?: JsonObject;
    retry?: JsonObject;
    package?: string;
    stack?: Json;
}

/** An edge as the graph file has it; both ends are `node.port`. */
export interface GraphEdge {
    from: string;
    to: string;
    capacity?: number;
    overflow?: 'wait' | 'drop';
}

export type Position = [number, number];

/**
 * A graph file: the document that is edited. Never changed in place, so that undo can keep references. What has names is
 * a map, in the order of the file: to an object, `constructor` is a name that is always there.
 */
export interface Graph {
    $schema?: string;
    penstock: 1;
    name: string;
    title?: string;
    note?: string;
    nodes: ReadonlyMap<string, GraphNode>;
    edges: GraphEdge[];
    partition_by?: string;
    lanes?: number;
    pending_memory?: number | string;
    layout?: ReadonlyMap<string, Position>;
}

export interface Endpoint {
    node: string;
    port: string;
}

export const namePattern = /^[a-z][a-z0-9_]*$/;
export const graphNamePattern = /^[a-z][a-z0-9_-]{0,63}$/;

/** Splits `node.port`; names hold no dot. */
export function endpoint(text: string): Endpoint {
    const dot = text.indexOf('.');
    return dot < 0 ? { node: text, port: '' } : { node: text.slice(0, dot), port: text.slice(dot + 1) };
}

/** The id of an edge on the live connection: `src.port>dst.port`. */
export function edgeId(edge: Pick<GraphEdge, 'from' | 'to'>): string {
    return `${edge.from}>${edge.to}`;
}

export function emptyGraph(name: string, title?: string): Graph {
    return { penstock: 1, name, ...(title ? { title } : {}), nodes: new Map(), edges: [] };
}

/** Finds a name that no node has: `read`, `read2`, `read3`… */
export function freshName(wanted: string, taken: { has(name: string): boolean }): string {
    const stem = namePattern.test(wanted) ? wanted : 'node';
    if (!taken.has(stem)) return stem;
    const base = stem.replace(/\d+$/, '');
    for (let n = 2; ; ++n) if (!taken.has(base + n)) return base + n;
}
