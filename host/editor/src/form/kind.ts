// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { isReference } from '../model/check_params.ts';
import { choicesOf, typesOf, type Schema } from '../model/component.ts';
import { isObject, numberOf, writeJson, type Json } from '../model/json.ts';

export type FieldKind = 'boolean' | 'segments' | 'select' | 'number' | 'slider' | 'text' | 'code' | 'texts' | 'object' | 'json';

const unsupported = ['$ref', 'oneOf', 'anyOf', 'allOf', 'not', 'if', 'dependentSchemas', 'patternProperties', 'prefixItems'];
const mostSegments = 4;
const longestSegments = 28;

/** Items that may be texts are edited as rows of text, as long as they are. */
function mayBeText(schema: Schema | undefined): boolean {
    return schema !== undefined && (schema.type === 'string' || Object.keys(schema).length === 0) && !schema.enum;
}

/** How a value with this schema is edited; what forms do not know is edited as JSON. */
export function fieldKind(schema: Schema, value: Json | undefined): FieldKind {
    if (isReference(value)) return 'text';
    if (unsupported.some((key) => key in schema)) return 'json';
    const types = typesOf(schema);
    const shows = (kind: FieldKind, fits: boolean) => (value === undefined || fits ? kind : 'json');
    const choices = choicesOf(schema);
    if (choices?.every((each) => typeof each === 'string')) {
        const short = choices.length <= mostSegments && choices.join('').length <= longestSegments;
        return shows(short ? 'segments' : 'select', typeof value === 'string');
    }
    if (types.length === 0) return 'json';
    // Amounts: a text with a unit, or a plain number.
    if (types.includes('string') && types.every((type) => ['string', 'integer', 'number'].includes(type)))
        return shows(schema['x-widget'] === 'code' ? 'code' : 'text', typeof value === 'string' || (types.length > 1 && numberOf(value) !== undefined));
    if (types.length > 1) return 'json';
    switch (types[0]) {
        case 'boolean':
            return shows('boolean', typeof value === 'boolean');
        case 'integer':
        case 'number': {
            const isSlider = schema['x-widget'] === 'slider' && schema.minimum !== undefined && schema.maximum !== undefined;
            return shows(isSlider && typeof value !== 'string' ? 'slider' : 'number', numberOf(value) !== undefined || typeof value === 'string');
        }
        case 'array':
            return mayBeText(schema.items) ? shows('texts', Array.isArray(value) && value.every((each) => typeof each === 'string')) : 'json';
        case 'object':
            return schema.properties ? shows('object', isObject(value)) : 'json';
        default:
            return 'json';
    }
}

/** The example or default that an empty field shows. */
export function placeholder(schema: Schema): string {
    const fallback = schema.default;
    if (schema.writeOnly) return '${secret:NAME}';
    if (fallback === undefined || fallback === null) {
        const example = schema.examples?.[0];
        return example === undefined ? '' : typeof example === 'string' ? example : writeJson(example);
    }
    return typeof fallback === 'string' ? fallback : writeJson(fallback);
}
