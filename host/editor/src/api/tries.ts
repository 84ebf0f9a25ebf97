// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { parseJson, writeJson, type JsonObject } from '../model/json.ts';
import { call } from './client.ts';

export interface Tried {
    outputs: Record<string, JsonObject[]>;
    failed: { packet: JsonObject; reason: string }[];
    milliseconds: number;
}

/** Runs one component on packets, in a process of its own, without deploying anything. */
export async function tryComponent(id: string, params: JsonObject, packets: JsonObject[], input: string): Promise<Tried> {
    const [group, name] = id.split('/');
    const answer = await call('POST', `/api/components/${group}/${name}/try`, { body: writeJson({ params, packets, input }) });
    return parseJson(answer.text) as unknown as Tried;
}
