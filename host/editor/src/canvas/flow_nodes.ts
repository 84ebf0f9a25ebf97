// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The canvas library's own list of nodes, kept in step with the document: places and sizes in the middle of a drag
// live only here.
import type { Node } from '@xyflow/react';
import { nodeWidth } from '../layout/size.ts';
import type { Graph } from '../model/graph.ts';

export type CardNode = Node<{ name: string }, 'card'>;

/** Brings the list up to the document and the selection; what has not changed stays the same object. */
export function synced(old: readonly CardNode[], graph: Graph, selected: ReadonlySet<string>, heights: (name: string) => number): CardNode[] {
    const before = new Map(old.map((node) => [node.id, node]));
    return [...graph.nodes.keys()].map((name): CardNode => {
        const [x, y] = graph.layout?.get(name) ?? [0, 0];
        const was = before.get(name);
        const isSelected = selected.has(name);
        if (was && was.position.x === x && was.position.y === y && Boolean(was.selected) === isSelected) return was;
        if (was) return { ...was, position: { x, y }, selected: isSelected };
        return {
            id: name,
            type: 'card',
            position: { x, y },
            selected: isSelected,
            data: { name },
            initialWidth: nodeWidth,
            initialHeight: heights(name),
            ariaRole: 'group',
        };
    });
}
