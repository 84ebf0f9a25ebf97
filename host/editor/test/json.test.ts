// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExactNumber, numberOf, parseJson, rounded, sameJson, writeJson } from '../src/model/json.ts';

const numbers = ['9007199254740993', '-18446744073709551615', '1.0', '1.50', '1e-06', '1E5', '-0', '0.1000000000000000055', '1e400'];

test('each number is written as it was read, wherever it stands', () => {
    for (const number of numbers) {
        for (const text of [number, `[${number}]`, `{"a":{"b":[${number},1]},"c":"${number}"}`]) assert.equal(writeJson(parseJson(text)), text);
        assert.equal(numberOf(parseJson(number)), Number(number));
    }
});

test('numbers that JavaScript writes the same way stay numbers', () => assert.deepEqual(parseJson('[0,1,-2.5,9007199254740991]'), [0, 1, -2.5, 9007199254740991]));

test('a text is no number, whatever is in it', () => {
    for (const text of ['"1.0"', '"a \\" 1.0 \\\\"', '{"1.0":"2.0 \\"3.0"}', '["\\\\",1.0]']) assert.equal(writeJson(parseJson(text)), text);
});

test('what is no JSON is refused', () => {
    for (const text of ['', '01', '1.', '[1.0', '-', '1.0 2.0', '012345678901234567890', '{"a":1.0,}', '"1.0'])
        assert.throws(() => parseJson(text), SyntaxError, text);
});

test('JSON is laid out as it always is', () => {
    const value = { a: [1, 'x', null, true, []], b: {}, c: { d: 2 } };
    for (const indent of [0, 2]) assert.equal(writeJson(value, indent), JSON.stringify(value, null, indent));
});

test('exact numbers are compared by their digits, and checked by their value', () => {
    assert.ok(sameJson(new ExactNumber('1.0'), new ExactNumber('1.0')));
    assert.ok(!sameJson(new ExactNumber('9007199254740993'), new ExactNumber('9007199254740992')));
    assert.ok(!sameJson(new ExactNumber('1.0'), 1));
    assert.deepEqual(rounded(parseJson('{"a":[1.0,2]}')), { a: [1, 2] });
});
