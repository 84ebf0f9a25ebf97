// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a node did to a packet: one part of it (fields, meta) before and after.
import { isObject, sameJson, type Json, type JsonObject } from './json.ts';

export interface Row {
    key: string;
    kind: 'same' | 'added' | 'changed' | 'removed';
    before?: Json;
    after?: Json;
}

/** The rows of what is there now, each with what it was, then of what is gone. Without a `before` nothing has changed. */
export function rowsOf(after: Json | undefined, before?: Json): Row[] {
    const now: JsonObject = isObject(after) ? after : {};
    if (before === undefined) return Object.entries(now).map(([key, value]) => ({ key, kind: 'same', after: value }));
    const was: JsonObject = isObject(before) ? before : {};
    const there = Object.entries(now).map(([key, value]): Row => {
        if (!Object.hasOwn(was, key)) return { key, kind: 'added', after: value };
        return sameJson(was[key], value) ? { key, kind: 'same', after: value } : { key, kind: 'changed', before: was[key]!, after: value };
    });
    const gone = Object.entries(was)
        .filter(([key]) => !Object.hasOwn(now, key))
        .map(([key, value]): Row => ({ key, kind: 'removed', before: value }));
    return [...there, ...gone];
}
