// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { isObject, parseJson, type Json } from '../model/json.ts';
import type { Problem } from '../model/problems.ts';
import { askForToken } from '../state/token.ts';
import { credentials, keptToken } from './token.ts';

/** What the host answered when it was not fine: its problem document. */
export class Refused extends Error {
    constructor(
        readonly status: number,
        message: string,
        readonly problems: Problem[] = [],
        readonly etag: string | null = null,
    ) {
        super(message);
    }
}

/** Nobody answered. */
export class Unreachable extends Error {
    constructor() {
        super('the host does not answer');
    }
}

export interface Answer {
    status: number;
    etag: string | null;
    text: string;
}

function refusal(status: number, text: string, etag: string | null): Refused {
    try {
        const body = JSON.parse(text) as Json;
        if (isObject(body)) {
            const detail = typeof body.detail === 'string' && body.detail ? body.detail : String(body.title ?? `status ${status}`);
            return new Refused(status, detail, Array.isArray(body.problems) ? (body.problems as unknown as Problem[]) : [], etag);
        }
    } catch {
        // Not from the host, perhaps from something between.
    }
    return new Refused(status, `the host answered ${status}`, [], etag);
}

export interface Sent {
    body?: string | Blob;
    type?: string;
    headers?: Record<string, string>;
    signal?: AbortSignal;
    keepalive?: boolean;
}

async function exchange(method: string, path: string, sent: Sent, token: string | null): Promise<Answer> {
    const headers: Record<string, string> = { ...credentials(token), ...sent.headers };
    if (sent.body !== undefined) headers['Content-Type'] = sent.type ?? 'application/json';
    let answer: Response;
    let text: string;
    try {
        answer = await fetch(path, {
            method,
            headers,
            ...(sent.body !== undefined ? { body: sent.body } : {}),
            ...(sent.signal ? { signal: sent.signal } : {}),
            ...(sent.keepalive ? { keepalive: true } : {}),
            cache: 'no-cache',
        });
        text = await answer.text();
    } catch (error) {
        if (sent.signal?.aborted) throw error;
        throw new Unreachable();
    }
    const etag = answer.headers.get('ETag');
    if (answer.status >= 400) throw refusal(answer.status, text, etag);
    return { status: answer.status, etag, text };
}

/** Calls the host. Throws Refused for every answer from 400 up, Unreachable when none came. A call that wants a token
 * waits for the user to give one. */
export async function call(method: string, path: string, sent: Sent = {}): Promise<Answer> {
    for (;;) {
        const token = keptToken();
        try {
            return await exchange(method, path, sent, token);
        } catch (error) {
            if (!(error instanceof Refused) || error.status !== 401 || sent.keepalive) throw error;
            if (!(await askForToken(token, error.message, method === 'GET'))) throw error;
        }
    }
}

export async function get<Value>(path: string, sent: Sent = {}): Promise<Value> {
    return JSON.parse((await call('GET', path, sent)).text) as Value;
}

/** The same for answers with numbers of others in them, of packets or parameters: each with all of its digits. */
export async function getExact<Value>(path: string, sent: Sent = {}): Promise<Value> {
    return parseJson((await call('GET', path, sent)).text) as Value;
}
