// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph } from '../model/graph.ts';
import type { Problem } from '../model/problems.ts';
import { parseGraph } from '../model/read.ts';
import { writeGraph } from '../model/write.ts';
import { call, get } from './client.ts';

export type RunState = 'running' | 'stopped' | 'starting' | 'stopping' | 'draining' | 'failed' | string;

/** A graph as `/api/graphs` lists it. */
export interface Summary {
    name: string;
    title: string;
    state: RunState;
    revision: string;
    deployed_revision: string | null;
}

export interface Cause {
    cause: string;
    detail: string;
    node?: string;
    edge?: string;
}

export interface State extends Summary {
    pending: { entries: number; bytes: number };
    limits: { entries: number; bytes: number };
    causes: Cause[];
    /** The revision of the draft that the host keeps; older hosts do not tell. */
    draft?: string | null;
}

export interface NodeStats {
    received: number;
    sent: number;
    delivered: number;
    dropped: number;
    failed: number;
    restarts: number;
    retries: number;
    /** Of those failed, the ones that became dead letters; older hosts do not tell. */
    dead?: number;
}

export interface Stats {
    graph: string;
    state: RunState;
    accepted: number;
    done: number;
    delivered: number;
    dropped: number;
    failed: number;
    dead: number;
    pending: { entries: number; bytes: number };
    nodes: Record<string, NodeStats>;
    edges: { from: string; to: string; packets: number; depth: number; capacity: number }[];
    /** Requests taken, packets that entered edges, and how many of them wait there; older hosts tell the first only. */
    lanes: { pending: number; packets?: number; waiting?: number }[];
}

/** A version of a graph that the host keeps; `etag` is what If-Match wants. */
export interface Kept {
    graph: Graph;
    etag: string;
}

const at = (name: string, rest = '') => `/api/graphs/${encodeURIComponent(name)}${rest}`;

export const listGraphs = (signal?: AbortSignal) => get<Summary[]>('/api/graphs', signal ? { signal } : {});

export async function loadGraph(name: string): Promise<Kept> {
    const { text, etag } = await call('GET', at(name));
    return { graph: parseGraph(text), etag: etag ?? '' };
}

/** Keeps a graph: with an ETag only in place of that version, without one only if there is none. */
export async function saveGraph(graph: Graph, etag: string | null): Promise<Kept> {
    const headers: Record<string, string> = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
    const answer = await call('PUT', at(graph.name), { body: writeGraph(graph), headers });
    return { graph: parseGraph(answer.text), etag: answer.etag ?? '' };
}

/** Runs the kept version, if it still is the one with that ETag. */
export async function deployGraph(name: string, etag: string): Promise<Summary> {
    return JSON.parse((await call('POST', at(name, '/deploy'), { headers: { 'If-Match': etag } })).text) as Summary;
}

export async function stopGraph(name: string): Promise<Summary & { pending: number }> {
    return JSON.parse((await call('POST', at(name, '/stop'))).text) as Summary & { pending: number };
}

/** Refused with 409 while requests are pending, unless these are to be discarded. */
export async function removeGraph(name: string, etag: string, discard: boolean): Promise<void> {
    await call('DELETE', at(name, discard ? '?discard=true' : ''), { headers: { 'If-Match': etag } });
}

export async function checkGraph(graph: Graph, signal: AbortSignal): Promise<Problem[]> {
    const answer = await call('POST', at(graph.name, '/validate'), { body: writeGraph(graph), signal });
    return (JSON.parse(answer.text) as { problems: Problem[] }).problems;
}

export const graphState = (name: string, signal?: AbortSignal) => get<State>(at(name, '/state'), signal ? { signal } : {});
export const graphStats = (name: string, signal?: AbortSignal) => get<Stats>(at(name, '/stats'), signal ? { signal } : {});
