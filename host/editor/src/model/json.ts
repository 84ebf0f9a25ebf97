// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** Any JSON value. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
    [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRaw(value);
}

/** Compares by content; the order of an object's keys does not count. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
    if (left === right) return true;
    if (isRaw(left) && isRaw(right)) return left.rawJSON === right.rawJSON;
    if (Array.isArray(left) && Array.isArray(right))
        return left.length === right.length && left.every((each, i) => sameJson(each, right[i]));
    if (isObject(left) && isObject(right)) {
        const keys = Object.keys(left);
        return keys.length === Object.keys(right).length && keys.every((key) => key in right && sameJson(left[key], right[key]));
    }
    return false;
}

/** Names the kind of a value as the host's messages do. */
export function kindOf(value: Json): string {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return 'a text';
    if (typeof value === 'number' || isRaw(value)) return 'a number';
    return Array.isArray(value) ? 'a list' : 'an object';
}

/** A number as it was written, for those that JavaScript's numbers cannot hold: 64 bit integers. */
interface RawNumber {
    readonly rawJSON: string;
}

// ECMAScript's "JSON.parse source text access"; a browser without it rounds such numbers.
interface SourceAccess {
    rawJSON?(text: string): RawNumber;
    isRawJSON?(value: unknown): value is RawNumber;
    parse(text: string, reviver: (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown): unknown;
}
const json = JSON as unknown as SourceAccess;

export function isRaw(value: unknown): value is RawNumber {
    return json.isRawJSON?.(value) ?? false;
}

/** Parses JSON so that writing it gives the same digits again. Throws SyntaxError. */
export function parseJson(text: string): Json {
    return json.parse(text, (_, value, context) => {
        const source = context?.source;
        const fits = typeof value !== 'number' || Number.isSafeInteger(value) || source === undefined || !/^-?\d+$/.test(source);
        return fits || !json.rawJSON ? value : json.rawJSON(source);
    }) as Json;
}
