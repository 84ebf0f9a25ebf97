// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph } from '../model/graph.ts';
import { isObject, parseJson } from '../model/json.ts';
import { readGraph } from '../model/read.ts';
import { writeGraph } from '../model/write.ts';
import { call } from './client.ts';

/** What was drawn and not saved: the graph, and the ETag of the version that it began with. */
export interface Draft {
    graph: Graph;
    base: string;
    etag: string;
}

const at = (name: string) => `/api/graphs/${encodeURIComponent(name)}/draft`;

/** Reads a draft; nothing if it is not one of this page. */
export async function loadDraft(name: string): Promise<Draft | null> {
    const { text, etag } = await call('GET', at(name));
    const value = parseJson(text);
    if (!isObject(value) || typeof value.base !== 'string' || !isObject(value.graph)) return null;
    return { graph: readGraph(value.graph), base: value.base, etag: etag ?? '' };
}

/** Keeps a draft in place of the one with that ETag, or where there is none; returns its ETag. */
export async function saveDraft(graph: Graph, base: string, etag: string | null, keepalive = false): Promise<string> {
    const body = `{"base": ${JSON.stringify(base)}, "graph": ${writeGraph(graph)}}`;
    const headers: Record<string, string> = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
    return (await call('PUT', at(graph.name), { body, headers, keepalive })).etag ?? '';
}

export async function dropDraft(name: string, etag: string): Promise<void> {
    await call('DELETE', at(name), { headers: { 'If-Match': etag } });
}
