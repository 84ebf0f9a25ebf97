// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { GraphNode } from './graph.ts';
import { isObject, memberOf, type ExactNumber, type Json } from './json.ts';

/** The six categories, in the order that they have everywhere. */
export const categories = ['adapter', 'transformer', 'filter', 'operator', 'extractor', 'publisher'] as const;
export type Category = (typeof categories)[number];

export interface Port {
    name: string;
    optional?: boolean;
    implicit?: boolean;
    help?: string;
}

/** The part of JSON Schema 2020-12 that parameters use, and what forms need beside it. */
export interface Schema {
    type?: string | string[];
    enum?: Json[];
    minimum?: number | ExactNumber;
    maximum?: number | ExactNumber;
    pattern?: string;
    minItems?: number;
    items?: Schema;
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: boolean | Schema;
    title?: string;
    description?: string;
    default?: Json;
    examples?: Json[];
    /** A secret: a graph gives a reference to it. */
    writeOnly?: boolean;
    'x-unit'?: string;
    'x-widget'?: string;
    [other: string]: unknown;
}

/** The types of a value that is given; what may be left out may be null too. */
export function typesOf(schema: Schema): string[] {
    const types = Array.isArray(schema.type) ? schema.type : schema.type ? [schema.type] : [];
    return types.filter((type) => type !== 'null');
}

export function choicesOf(schema: Schema): Json[] | undefined {
    return schema.enum?.filter((each) => each !== null);
}

/** One component as `/api/components` lists it. */
export interface Component {
    component: string;
    category: Category;
    summary: string;
    package: string;
    version: string;
    licence: string;
    inputs: Port[];
    outputs: Port[];
    output_families?: string[];
    params: Schema;
    accepts?: string[];
    takes_triggers?: boolean;
    whole_graph?: boolean;
    source?: boolean;
    docs?: string;
    component_version?: string;
    since?: string;
    status?: 'stable' | 'beta' | 'deprecated';
    /** What to use instead of a deprecated one. */
    use?: string;
}

/** `beta`, or `deprecated: use x/y`; nothing of a stable one. */
export function noticeOf(component: Component): string | undefined {
    if (!component.status || component.status === 'stable') return undefined;
    return component.status + (component.use ? `: use ${component.use}` : '');
}

export type Catalogue = ReadonlyMap<string, Component>;

export const errorPort = 'error';

/** The last part of an id as a title: `fields/rename` is "Rename". */
export function titleOf(id: string): string {
    const name = id.slice(id.indexOf('/') + 1).replaceAll('_', ' ');
    return name.charAt(0).toUpperCase() + name.slice(1);
}

/** The value a parameter has: the node's, else the default. */
export function paramOf(component: Component, node: GraphNode, key: string): Json | undefined {
    return memberOf(node.params, key) ?? memberOf(component.params.properties, key)?.default;
}

/** The port that an item of such a parameter names: a text, or the member `port` of an object. */
function portOf(item: Json): Json | undefined {
    return isObject(item) ? memberOf(item, 'port') : item;
}

/** The ordinary outputs of a node, with those that its parameters name; the `error` output apart. */
export function outputsOf(component: Component, node: GraphNode): Port[] {
    const ports = component.outputs.filter((port) => !port.implicit);
    for (const family of component.output_families ?? []) {
        const items = paramOf(component, node, family);
        if (!Array.isArray(items)) continue;
        for (const name of items.map(portOf))
            if (typeof name === 'string' && !ports.some((port) => port.name === name)) ports.push({ name });
    }
    return ports;
}

export function hasErrorPort(component: Component): boolean {
    return component.outputs.some((port) => port.implicit);
}

/** The host feeds the `in` of an adapter, unless an edge leads to it: nothing needs to be wired to it. */
export function isFedByHost(component: Component, port: Port, isWired: boolean): boolean {
    return component.category === 'adapter' && port.name === 'in' && !isWired;
}
