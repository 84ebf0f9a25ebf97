// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';
import { credentials, keepToken, keptToken, protocolsOf, takeToken } from '../src/api/token.ts';
import { askForToken, useQuestion } from '../src/state/token.ts';

const stored = new Map<string, string>();
let address = '';

Object.assign(globalThis, {
    sessionStorage: { getItem: (key: string) => stored.get(key) ?? null, setItem: (key: string, value: string) => stored.set(key, value) },
    location: { pathname: '/', search: '', hash: '' },
    history: { replaceState: (_: unknown, __: unknown, next: string) => (address = next) },
});

beforeEach(() => {
    stored.clear();
    address = '';
    location.hash = '';
});

test('a token leaves the address at once, and nothing else does', () => {
    location.hash = '#token=pst_a-b_c';
    assert.equal(takeToken(), 'pst_a-b_c');
    assert.equal(address, '/');
    assert.equal(keptToken(), 'pst_a-b_c');
    location.hash = '#/graphs/orders&token=pst_d';
    assert.equal(takeToken(), 'pst_d');
    assert.equal(address, '/#/graphs/orders');
});

test('an address without a token stays as it is', () => {
    location.hash = '#/graphs/token';
    assert.equal(takeToken(), null);
    assert.equal(address, '');
    assert.equal(keptToken(), null);
});

test('a token goes into a header, or into the protocols of a socket', () => {
    assert.deepEqual(credentials('pst_a'), { Authorization: 'Bearer pst_a' });
    assert.deepEqual(credentials(null), {});
    assert.deepEqual(protocolsOf('pst_a'), ['penstock.live', 'penstock.bearer.pst_a']);
    assert.deepEqual(protocolsOf(null), []);
});

test('calls that were refused together wait for one answer', async () => {
    const calls = [askForToken(null, 'a token was expected', true), askForToken(null, 'a token was expected', false)];
    assert.equal(useQuestion.getState().why, 'a token was expected');
    useQuestion.getState().answer('pst_a');
    assert.deepEqual(await Promise.all(calls), [true, true]);
    assert.equal(useQuestion.getState().why, null);
    assert.equal(keptToken(), 'pst_a');
});

test('a call that was refused with an older token than the kept one asks nobody', async () => {
    keepToken('pst_b');
    assert.equal(await askForToken('pst_a', 'unknown', false), true);
    assert.equal(useQuestion.getState().why, null);
});

test('who said no is asked again only for what he does himself', async () => {
    const refused = askForToken(null, 'a token was expected', true);
    useQuestion.getState().answer(null);
    assert.equal(await refused, false);
    assert.equal(await askForToken(null, 'a token was expected', true), false);
    const own = askForToken(null, 'a token was expected', false);
    assert.equal(useQuestion.getState().why, 'a token was expected');
    useQuestion.getState().answer('pst_c');
    assert.equal(await own, true);
});
