// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Moving with the arrow keys. The canvas library would do it too, but from where it last drew the nodes: of two keys
// pressed before it has drawn again, one would be lost.
import type { KeyboardEvent } from 'react';
import { move, snap } from '../model/edit.ts';
import type { Position } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';

const ways = new Map<string, Position>([
    ['ArrowLeft', [-1, 0]],
    ['ArrowRight', [1, 0]],
    ['ArrowUp', [0, -1]],
    ['ArrowDown', [0, 1]],
]);
const far = 4;

/** Moves the selected nodes one step of the grid, with Shift four. */
export function nudge(event: KeyboardEvent): void {
    const way = ways.get(event.key);
    const { nodes } = useView.getState();
    if (!way || nodes.size === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    const step = snap * (event.shiftKey ? far : 1);
    useDocument.getState().change((graph) => {
        const places = [...nodes].map((name): [string, Position] => {
            const [x, y] = graph.layout?.get(name) ?? [0, 0];
            return [name, [x + way[0] * step, y + way[1] * step]];
        });
        return move(graph, new Map(places.filter(([name]) => graph.nodes.has(name))));
    }, `nudge:${[...nodes].join()}`);
}
