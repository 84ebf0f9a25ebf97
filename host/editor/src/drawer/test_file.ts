// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { JsonObject } from '../model/json.ts';

/** Hands a test file to the browser that gives the packet to the graph's beginning: `penstock test` runs it. */
export function saveAsTest(graph: string, edge: string, packet: JsonObject): void {
    const [from = '', to = ''] = edge.split('>');
    const test = { graph: `${graph}.json`, tests: [{ name: `a packet seen from ${from} to ${to}`, given: { [to]: [packet] }, expect: { [to]: [packet] } }] };
    const address = URL.createObjectURL(new Blob([`${JSON.stringify(test, null, 2)}\n`], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `${graph}.test.json`;
    link.click();
    URL.revokeObjectURL(address);
}
