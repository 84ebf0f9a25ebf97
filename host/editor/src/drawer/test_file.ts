// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Catalogue } from '../model/component.ts';
import type { Graph } from '../model/graph.ts';
import { writeJson, type JsonObject } from '../model/json.ts';

/**
 * Writes a test that `penstock test` runs (docs/graph-tests.md): the packet leaves where it was seen to leave, arrives
 * where it was seen to arrive, and what follows takes it without a failure. No publisher is run.
 */
export function testOf(graph: Graph, catalogue: Catalogue, edge: string, packet: JsonObject): string {
    const [from = '', to = ''] = edge.split('>');
    const publishers = [...graph.nodes]
        .filter(([name, node]) => catalogue.get(node.component)?.category === 'publisher' && !to.startsWith(`${name}.`))
        .map(([name]) => name);
    const one = {
        name: `a packet seen from ${from} to ${to}`,
        given: { [from]: [packet] },
        expect: { [to]: [packet] },
        ...(publishers.length > 0 ? { replace: publishers } : {}),
    };
    return `${writeJson({ graph: `${graph.name}.json`, tests: [one] }, 2)}\n`;
}
