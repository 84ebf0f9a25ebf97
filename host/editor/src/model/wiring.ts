// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { endpoint, type Graph } from './graph.ts';

interface Wired {
    inputs: string[];
    outputs: string[];
}

const known = new WeakMap<Graph, Map<string, Wired>>();

function wiring(graph: Graph): Map<string, Wired> {
    let found = known.get(graph);
    if (found) return found;
    found = new Map([...graph.nodes.keys()].map((name) => [name, { inputs: [], outputs: [] }]));
    for (const edge of graph.edges) {
        const [from, to] = [endpoint(edge.from), endpoint(edge.to)];
        const source = found.get(from.node)?.outputs;
        const target = found.get(to.node)?.inputs;
        if (source && !source.includes(from.port)) source.push(from.port);
        if (target && !target.includes(to.port)) target.push(to.port);
    }
    known.set(graph, found);
    return found;
}

/** The ports of a node that edges lead to or from, as `in,in2|out`: a text, so that it compares by content. */
export function wiredPorts(graph: Graph | null, name: string): string {
    const found = graph && wiring(graph).get(name);
    return found ? `${found.inputs.join(',')}|${found.outputs.join(',')}` : '|';
}

export function parseWiredPorts(text: string): Wired {
    const [inputs, outputs] = text.split('|').map((side) => side.split(',').filter(Boolean));
    return { inputs: inputs ?? [], outputs: outputs ?? [] };
}
