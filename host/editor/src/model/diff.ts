// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What changes between two versions of a graph: shown before a deployment and beside a revision.
import { edgeId, type Graph, type GraphEdge } from './graph.ts';
import { memberOf, sameJson, writeJson, type Json } from './json.ts';

export interface Change {
    kind: 'added' | 'removed' | 'changed';
    what: string;
    detail?: string;
}

function text(value: Json | undefined): string {
    return value === undefined ? 'not set' : writeJson(value);
}

/** What an edge says; to wait when full is what one does that says nothing. */
function said(edge: GraphEdge, key: 'capacity' | 'overflow'): Json | undefined {
    return edge[key] === 'wait' ? undefined : edge[key];
}

function nodeDetail(before: Record<string, Json>, after: Record<string, Json>, prefix = ''): string[] {
    const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])];
    return keys.flatMap((key) => {
        const [old, now] = [memberOf(before, key), memberOf(after, key)];
        if (sameJson(old, now)) return [];
        if (key === 'params' && prefix === '')
            return nodeDetail((old ?? {}) as Record<string, Json>, (now ?? {}) as Record<string, Json>, 'params.');
        return [`${prefix.replace('params.', '')}${key}: ${text(old)} → ${text(now)}`];
    });
}

/** Lists changes in the order: graph, nodes, edges. Places on the canvas do not count. */
export function diff(before: Graph, after: Graph): Change[] {
    const changes: Change[] = [];
    for (const key of ['$schema', 'title', 'note', 'partition_by', 'lanes', 'pending_memory'] as const)
        if (before[key] !== after[key])
            changes.push({ kind: 'changed', what: key, detail: `${text(before[key])} → ${text(after[key])}` });
    for (const [name, node] of after.nodes) {
        const old = before.nodes.get(name);
        if (!old) changes.push({ kind: 'added', what: `node ${name}`, detail: node.component });
        else {
            const detail = nodeDetail(old as unknown as Record<string, Json>, node as unknown as Record<string, Json>);
            if (detail.length > 0) changes.push({ kind: 'changed', what: `node ${name}`, detail: detail.join(', ') });
        }
    }
    for (const [name, node] of before.nodes)
        if (!after.nodes.has(name)) changes.push({ kind: 'removed', what: `node ${name}`, detail: node.component });
    const old = new Map(before.edges.map((edge) => [edgeId(edge), edge]));
    const now = new Map(after.edges.map((edge) => [edgeId(edge), edge]));
    for (const [id, edge] of now)
        if (!old.has(id)) changes.push({ kind: 'added', what: `edge ${edge.from} → ${edge.to}` });
        else
            for (const key of ['capacity', 'overflow'] as const)
                if (said(old.get(id)!, key) !== said(edge, key))
                    changes.push({
                        kind: 'changed',
                        what: `edge ${edge.from} → ${edge.to}`,
                        detail: `${key}: ${text(old.get(id)![key])} → ${text(edge[key])}`,
                    });
    for (const [id, edge] of old) if (!now.has(id)) changes.push({ kind: 'removed', what: `edge ${edge.from} → ${edge.to}` });
    return changes;
}
