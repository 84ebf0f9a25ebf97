// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** Any JSON value. */
export type Json = null | boolean | number | ExactNumber | string | Json[] | JsonObject;
export interface JsonObject {
    [key: string]: Json;
}

export function isObject(value: unknown): value is JsonObject {
    return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof ExactNumber);
}

/** Compares by content; the order of an object's keys does not count. */
export function sameJson(left: Json | undefined, right: Json | undefined): boolean {
    if (left === right) return true;
    if (left instanceof ExactNumber && right instanceof ExactNumber) return left.digits === right.digits;
    if (Array.isArray(left) && Array.isArray(right))
        return left.length === right.length && left.every((each, i) => sameJson(each, right[i]));
    if (isObject(left) && isObject(right)) {
        const keys = Object.keys(left);
        return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
    }
    return false;
}

/** Names the kind of a value as the host's messages do. */
export function kindOf(value: Json): string {
    if (value === null) return 'null';
    if (typeof value === 'boolean') return String(value);
    if (typeof value === 'string') return 'a text';
    if (numberOf(value) !== undefined) return 'a number';
    return Array.isArray(value) ? 'a list' : 'an object';
}

/** The member of an object, if it has one of that name of its own: `constructor` is not there for nothing. */
export function memberOf<Value>(object: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
    return object && Object.hasOwn(object, key) ? object[key] : undefined;
}

/** A number as it was written, where JavaScript would write another: 64 bit integers, 1.0, 1e400. */
export class ExactNumber {
    constructor(readonly digits: string) {}
}

/** The value of a number, perhaps rounded; nothing if it is none. */
export function numberOf(value: Json | undefined): number | undefined {
    return value instanceof ExactNumber ? Number(value.digits) : typeof value === 'number' ? value : undefined;
}

/** The same with all numbers as JavaScript has them, for what only compares them. */
export function rounded(value: Json): Json {
    if (Array.isArray(value)) return value.map(rounded);
    if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, rounded(each)]));
    return numberOf(value) ?? value;
}

/** Where the text that begins at a quotation mark ends. */
function endOfText(json: string, start: number): number {
    for (let at = json.indexOf('"', start + 1); ; at = json.indexOf('"', at + 1)) {
        let first = at;
        while (json[first - 1] === '\\') --first;
        if ((at - first) % 2 === 0) return at + 1;
    }
}

/** Each number of a JSON text, as it stands there. */
function* numbersOf(json: string): Generator<{ at: number; digits: string }> {
    const next = /"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
    for (let found = next.exec(json); found; found = next.exec(json))
        if (found[0] === '"') next.lastIndex = endOfText(json, found.index);
        else yield { at: found.index, digits: found[0] };
}

/** Parses JSON so that writing it gives the same digits again. Throws SyntaxError. */
export function parseJson(text: string): Json {
    const plain = JSON.parse(text) as Json;
    const mark = `exact ${Math.random()}`; // a name that no object of the text has
    const pieces: string[] = [];
    let from = 0;
    for (const { at, digits } of numbersOf(text))
        if (String(Number(digits)) !== digits) {
            pieces.push(text.slice(from, at), `{"${mark}":"${digits}"}`);
            from = at + digits.length;
        }
    if (pieces.length === 0) return plain;
    const isMarked = (value: unknown): value is Record<string, string> => typeof value === 'object' && value !== null && Object.hasOwn(value, mark);
    return JSON.parse([...pieces, text.slice(from)].join(''), (_, value: unknown) => (isMarked(value) ? new ExactNumber(value[mark]!) : value)) as Json;
}

/** Writes a value as JSON.stringify() does, with every digit of its numbers. */
export function writeJson(value: Json, indent = 0, margin = ''): string {
    if (value instanceof ExactNumber) return value.digits;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    const inner = margin + ' '.repeat(indent);
    const parts = Array.isArray(value)
        ? value.map((each) => writeJson(each, indent, inner))
        : Object.entries(value)
              .filter(([, each]) => each !== undefined)
              .map(([key, each]) => `${JSON.stringify(key)}:${indent > 0 ? ' ' : ''}${writeJson(each, indent, inner)}`);
    const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
    if (parts.length === 0) return open + close;
    return indent > 0 ? `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${margin}${close}` : open + parts.join(',') + close;
}
