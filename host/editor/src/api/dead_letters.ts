// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { writeJson, type JsonObject } from '../model/json.ts';
import { call, getExact } from './client.ts';

export interface DeadLetter {
    id: string;
    graph: string;
    node: string;
    component: string;
    reason: string;
    attempts: number;
    time: string;
    /** These two are left out of a list when they take more than 16 KiB. */
    receipts?: string[];
    packet?: JsonObject;
    left_out_bytes?: number;
}

export interface Filter {
    graph?: string;
    node?: string;
    reason?: string;
}

function query(filter: Filter, more: Record<string, string> = {}): string {
    const wanted = Object.entries({ ...filter, ...more }).filter(([, value]) => value);
    return new URLSearchParams(wanted as [string, string][]).toString();
}

export function listDeadLetters(filter: Filter, before: string, signal: AbortSignal) {
    return getExact<{ dead_letters: DeadLetter[]; kept: number; expired: number }>(`/api/dead-letters?${query(filter, { before, limit: '100' })}`, { signal });
}

/** One letter, whole. */
export async function showDeadLetter(id: string): Promise<DeadLetter> {
    return getExact<DeadLetter>(`/api/dead-letters/${encodeURIComponent(id)}`);
}

/** Replays one packet, edited or as it is; returns a receipt. */
export async function replay(id: string, packet?: JsonObject): Promise<{ receipt: string }> {
    const body = packet ? { body: writeJson({ packet }) } : {};
    return JSON.parse((await call('POST', `/api/dead-letters/${encodeURIComponent(id)}/replay`, body)).text) as { receipt: string };
}

export async function drop(id: string): Promise<void> {
    await call('DELETE', `/api/dead-letters/${encodeURIComponent(id)}`);
}

export async function replayAll(filter: Filter): Promise<{ replayed: number; refused: number; why?: string }> {
    return JSON.parse((await call('POST', `/api/dead-letters/replay?${query(filter)}`)).text) as { replayed: number; refused: number };
}

export async function dropAll(filter: Filter): Promise<{ dropped: number }> {
    return JSON.parse((await call('DELETE', `/api/dead-letters?${query(filter)}`)).text) as { dropped: number };
}
