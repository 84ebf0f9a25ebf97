// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { call } from './client.ts';
import { parseJson, type JsonObject } from '../model/json.ts';

/** What became of a request: `ack=processed`. With 202 the wait ran out and only the receipt is known. */
export interface Fate {
    receipt: string;
    delivered?: number;
    dropped?: number;
    failed?: number;
    dead_count?: number;
    dead?: { reason: string; node?: string }[];
    packets?: JsonObject[];
}

/** Sends a body into a graph and waits until everything made from it is done. */
export async function sendData(graph: string, route: string, type: string, body: string | Blob): Promise<Fate> {
    const way = route
        .split('/')
        .filter(Boolean)
        .map((part) => `/${encodeURIComponent(part)}`)
        .join('');
    const answer = await call('POST', `/graphs/${encodeURIComponent(graph)}/data${way}?ack=processed`, { body, type });
    return parseJson(answer.text) as unknown as Fate;
}
