// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Catalogue, Component, Schema } from '../src/model/component.ts';
import type { Graph, GraphNode, Position } from '../src/model/graph.ts';

function component(id: string, category: Component['category'], properties: Record<string, Schema>, more: Partial<Component> = {}): Component {
    return {
        component: id,
        category,
        summary: '',
        package: id.split('/')[0]!,
        version: '1',
        licence: 'Apache-2.0',
        inputs: [{ name: 'in' }],
        outputs: [{ name: 'out' }, { name: 'error', implicit: true }],
        params: { type: 'object', properties, additionalProperties: false },
        ...more,
    };
}

const list: Component[] = [
    component('json/read', 'adapter', { format: { type: 'string', enum: ['auto', 'lines'], default: 'auto' } }),
    component(
        'fields/set',
        'transformer',
        { field: { type: 'string' }, value: {} },
        { params: { type: 'object', properties: { field: { type: 'string' }, value: {} }, required: ['field', 'value'], additionalProperties: false } },
    ),
    component('route/split', 'operator', { ports: { type: 'array', items: { type: 'string' }, default: ['a'] } }, { outputs: [{ name: 'error', implicit: true }], output_families: ['ports'] }),
    component('route/switch', 'operator', { routes: { type: 'array', items: { type: 'object' } } }, { outputs: [{ name: 'error', implicit: true }], output_families: ['routes'] }),
    component(
        'test/limits',
        'filter',
        {
            count: { type: 'integer', minimum: 1, maximum: 10 },
            wait: { type: ['string', 'integer'], pattern: '^[0-9]+(ms|s|m|h)$', minimum: 0, 'x-unit': 'duration' },
            on: { type: 'boolean' },
            names: { type: 'array', items: { type: 'string' }, minItems: 1 },
        },
        {},
    ),
    component('debug/null', 'publisher', {}, { outputs: [{ name: 'error', implicit: true }] }),
];

export const catalogue: Catalogue = new Map(list.map((each) => [each.component, each]));

/** read -> set -> done, nothing wrong with it. */
export const line: Graph = {
    penstock: 1,
    name: 'line',
    nodes: new Map<string, GraphNode>([
        ['read', { component: 'json/read' }],
        ['set', { component: 'fields/set', params: { field: 'a', value: 1 } }],
        ['done', { component: 'debug/null' }],
    ]),
    edges: [
        { from: 'read.out', to: 'set.in' },
        { from: 'set.out', to: 'done.in', capacity: 64 },
    ],
    layout: new Map<string, Position>([
        ['read', [0, 0]],
        ['set', [240, 0]],
        ['done', [480, 0]],
    ]),
};
