// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Validator, type Schema as JsonSchema } from '@cfworker/json-schema';
import { choicesOf, typesOf, type Component, type Schema } from './component.ts';
import { isObject, kindOf, memberOf, rounded, writeJson, type Json, type JsonObject } from './json.ts';
import { pointerTo, type Problem } from './problems.ts';

/** `${env:NAME}` and `${secret:NAME}` stand for whole values that only the host knows. */
export const referencePattern = /^\$\{(env|secret):[^}]+\}$/;

export function isReference(value: Json | undefined): value is string {
    return typeof value === 'string' && referencePattern.test(value);
}

const typeNames: Record<string, string> = {
    string: 'a text',
    integer: 'a whole number',
    number: 'a number',
    boolean: 'true or false',
    array: 'a list',
    object: 'an object',
};

function wanted(schema: Schema): string {
    if (schema.enum) return choicesOf(schema)!.map((each) => writeJson(each)).join(', ').replace(/, ([^,]*)$/, ' or $1');
    if (schema['x-unit'] === 'duration' || schema.pattern?.includes('ms|s|m|h')) return 'a duration like "500ms" or "2s"';
    if (schema.pattern?.includes('KiB')) return 'a size like "64KiB" or "16MiB"';
    if (schema.pattern && schema.type === 'string') return `a text that matches ${schema.pattern}`;
    return typesOf(schema).map((type) => typeNames[type] ?? type).join(' or ') || 'a value';
}

function is(value: Json): string {
    const shown = writeJson(value);
    return typeof value === 'object' && value !== null ? kindOf(value) : shown.length > 40 ? kindOf(value) : shown;
}

function explain(keyword: string, schema: Schema, value: Json): { message: string; expected: string } {
    switch (keyword) {
        case 'minimum':
            return { message: `is ${is(value)}`, expected: `at least ${writeJson(schema.minimum!)} was expected` };
        case 'maximum':
            return { message: `is ${is(value)}`, expected: `at most ${writeJson(schema.maximum!)} was expected` };
        case 'minItems':
            return { message: 'has too few items', expected: `at least ${schema.minItems} were expected` };
        case 'items':
            return { message: 'has an item that does not fit', expected: `a list of which each is ${wanted(schema.items ?? {})} was expected` };
        case 'type':
            return { message: `is ${kindOf(value)}`, expected: `${wanted(schema)} was expected` };
        default:
            return { message: `is ${is(value)}`, expected: `${wanted(schema)} was expected` };
    }
}

const validators = new WeakMap<Schema, Validator>();

function validatorOf(schema: Schema): Validator {
    let found = validators.get(schema);
    if (!found) {
        found = new Validator(rounded(schema as Json) as JsonSchema, '2020-12', true);
        validators.set(schema, found);
    }
    return found;
}

/** Whether there is a reference in a text, or in the name of a member: it would be taken literally. */
function refersInPart(value: Json): boolean {
    if (typeof value === 'string') return /\$\{(env|secret):/.test(value) && !isReference(value);
    if (Array.isArray(value)) return value.some(refersInPart);
    return isObject(value) && Object.entries(value).some(([key, each]) => /\$\{(env|secret):/.test(key) || refersInPart(each));
}

/** Returns the problem with one value, or nothing. */
export function checkValue(schema: Schema, value: Json): { message: string; expected: string } | null {
    if (isReference(value)) return null;
    if (refersInPart(value))
        return { message: 'has a reference in a text, which is not resolved', expected: '"${env:NAME}" or "${secret:NAME}" as the whole was expected' };
    if (schema.writeOnly && typeof value === 'string') return { message: 'is a secret that is written out', expected: '"${secret:NAME}" or "${env:NAME}" was expected' };
    const { valid, errors } = validatorOf(schema).validate(rounded(value));
    if (valid) return null;
    const first = errors.find((each) => each.keyword !== 'properties') ?? errors[0]!;
    return explain(first.keyword, schema, value);
}

/** Checks a node's parameters; `at` is the pointer to the node. */
export function checkParams(component: Component, params: JsonObject, at: string): Problem[] {
    const known = component.params.properties ?? {};
    const problems: Problem[] = [];
    for (const [key, value] of Object.entries(params)) {
        const pointer = at + pointerTo('params', key);
        const schema = memberOf(known, key);
        if (!schema) problems.push({ pointer, message: `unknown parameter "${key}"`, expected: `one of ${Object.keys(known).join(', ') || 'none'} was expected` });
        else {
            const wrong = checkValue(schema, value);
            if (wrong) problems.push({ pointer, ...wrong });
        }
    }
    for (const key of component.params.required ?? [])
        if (!Object.hasOwn(params, key))
            problems.push({ pointer: at + pointerTo('params', key), message: 'is missing', expected: `${wanted(memberOf(known, key) ?? {})} was expected` });
    return problems;
}
