// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldKind, placeholder } from '../src/form/kind.ts';
import { checkValue } from '../src/model/check_params.ts';
import { noticeOf, type Component } from '../src/model/component.ts';
import { parseRoute } from '../src/state/route.ts';
import { ranked } from '../src/ui/rank.ts';

test('each kind of parameter has its control', () => {
    assert.equal(fieldKind({ type: 'boolean' }, undefined), 'boolean');
    assert.equal(fieldKind({ type: 'string', enum: ['a', 'b'] }, 'a'), 'segments');
    assert.equal(fieldKind({ type: 'string', enum: ['throw', 'segfault', 'abort', 'hang', 'overflow'] }, undefined), 'select');
    assert.equal(fieldKind({ type: 'integer' }, 3), 'number');
    assert.equal(fieldKind({ type: 'integer', minimum: 0, maximum: 9, 'x-widget': 'slider' }, 3), 'slider');
    assert.equal(fieldKind({ type: ['string', 'integer'], 'x-unit': 'duration' }, '5ms'), 'text');
    assert.equal(fieldKind({ type: 'array', items: { type: 'string' } }, ['a']), 'texts');
    assert.equal(fieldKind({ type: 'object', properties: { a: {} } }, undefined), 'object');
    assert.equal(fieldKind({ type: 'string', 'x-widget': 'code' }, undefined), 'code');
});

test('what may be left out has the control of its type, and a secret is a text', () => {
    assert.equal(fieldKind({ type: ['integer', 'null'] }, undefined), 'number');
    assert.equal(fieldKind({ type: ['string', 'null'], enum: ['a', 'b', null] }, 'a'), 'segments');
    assert.equal(fieldKind({ type: ['string', 'integer', 'null'], 'x-unit': 's' }, '5s'), 'text');
    assert.equal(fieldKind({ type: 'string', writeOnly: true }, undefined), 'text');
    assert.equal(fieldKind({ type: 'array', items: { type: 'object', properties: {} } }, undefined), 'json');
    assert.equal(placeholder({ type: 'string', writeOnly: true, default: '' }), '${secret:NAME}');
    assert.equal(placeholder({ type: ['string', 'null'], default: null, examples: ['de'] }), 'de');
    assert.equal(checkValue({ type: 'string', writeOnly: true }, '${secret:TOKEN}'), null);
    assert.equal(checkValue({ type: 'string', writeOnly: true }, 'hunter2')?.message, 'is a secret that is written out');
    assert.equal(checkValue({ type: ['integer', 'null'] }, null), null);
});

test('what is not stable is noticed', () => {
    const component = (status?: 'stable' | 'beta' | 'deprecated', use?: string) => noticeOf({ status, use } as Component);
    assert.equal(component(), undefined);
    assert.equal(component('stable'), undefined);
    assert.equal(component('beta'), 'beta');
    assert.equal(component('deprecated', 'x/new'), 'deprecated: use x/new');
});

test('what a control cannot show is edited as JSON', () => {
    assert.equal(fieldKind({}, 1), 'json');
    assert.equal(fieldKind({ oneOf: [] }, undefined), 'json');
    assert.equal(fieldKind({ $ref: '#/x' }, undefined), 'json');
    assert.equal(fieldKind({ type: 'boolean' }, 'maybe'), 'json');
    assert.equal(fieldKind({ type: 'array', items: { type: 'string' } }, [1]), 'json');
    assert.equal(fieldKind({ type: 'array', items: { type: 'array' } }, undefined), 'json');
});

test('a reference is edited as a text whatever the type', () => assert.equal(fieldKind({ type: 'integer' }, '${env:N}'), 'text'));

test('an address names a graph, and everything else the list', () => {
    assert.deepEqual(parseRoute('#/graphs/my-graph'), { page: 'graph', name: 'my-graph' });
    for (const hash of ['', '#', '#/', '#/graphs/', '#/nothing']) assert.deepEqual(parseRoute(hash), { page: 'list' });
});

test('the beginning of a label counts more than a part of a detail', () => {
    const items = [
        { label: 'Drop', detail: 'route/drop' },
        { label: 'Read', detail: 'json/read' },
        { label: 'Merge', detail: 'packets that read' },
    ];
    assert.deepEqual(ranked(items, 're').map((each) => each.label), ['Read', 'Merge']);
    assert.deepEqual(ranked(items, 'json read').map((each) => each.label), ['Read']);
    assert.equal(ranked(items, '').length, 3);
});
