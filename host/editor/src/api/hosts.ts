// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph } from '../model/graph.ts';
import type { Problem } from '../model/problems.ts';
import { writeGraph } from '../model/write.ts';
import { call, get } from './client.ts';
import type { Summary } from './graphs.ts';

/** One of the hosts side by side, and what it says of its graphs. */
export interface HostEntry {
    number: number;
    /** Of the own host empty if `peers` does not name it. */
    address: string;
    own: boolean;
    /** Why it cannot be asked. */
    problem: string | null;
    graphs: (Summary & { pending?: { entries: number; bytes: number } })[];
}

export type RolloutStep = 'waiting' | 'checking' | 'ready' | 'deploying' | 'deployed' | 'going back' | 'restored' | 'unchanged' | 'refused' | 'stuck' | 'stopping' | 'stopped';

/** A deployment to all hosts, or a stop on all. */
export interface Rollout {
    graph: string;
    action: 'deploy' | 'stop';
    revision: string | null;
    /** Nothing while it goes on. */
    outcome: 'deployed' | 'restored' | 'unchanged' | 'stuck' | 'stopped' | null;
    problems: Problem[];
    hosts: { number: number; address: string; own: boolean; step: RolloutStep; before: string; problems: Problem[] }[];
}

const at = (name: string, rest = '') => `/api/graphs/${encodeURIComponent(name)}/rollout${rest}`;

/** The hosts with what they say of one graph, none if this host has no peers, and its last rollout. */
export function listHosts(graph: string, signal?: AbortSignal): Promise<{ hosts: HostEntry[]; rollout: Rollout | null }> {
    return get(`/api/hosts?graph=${encodeURIComponent(graph)}`, signal ? { signal } : {});
}

/** Begins to run a graph on all hosts, if this one keeps the version with that ETag. */
export async function beginRollout(graph: Graph, etag: string | null): Promise<Rollout> {
    const headers: Record<string, string> = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
    return JSON.parse((await call('POST', at(graph.name), { body: writeGraph(graph), headers })).text) as Rollout;
}

export async function beginStop(name: string): Promise<Rollout> {
    return JSON.parse((await call('POST', at(name, '/stop'))).text) as Rollout;
}

export const showRollout = (name: string) => get<Rollout>(at(name));

/** Has a deployment go back after the step that it is at. */
export async function interruptRollout(name: string): Promise<void> {
    await call('DELETE', at(name));
}
