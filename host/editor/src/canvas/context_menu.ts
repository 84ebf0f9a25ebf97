// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a right click offers, on a node, on an edge, and on the empty canvas.
import { remove } from '../model/edit.ts';
import { arrange } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useTap } from '../live/tap.ts';
import { useView, type MenuItem } from '../state/view.ts';
import { copyFromMenu, duplicate, removeChosen } from './clipboard.ts';

function nodeItems(name: string): MenuItem[] {
    const view = useView.getState();
    const many = view.nodes.size > 1 && view.nodes.has(name);
    if (!many) view.select([name]);
    return [
        { label: 'Connect to…', keys: 'C', act: () => view.show({ kind: 'wire', node: name }), disabled: many },
        ...(useHost.getState().features.tries ? [{ label: 'Try on a packet…', act: () => useView.setState({ inspector: 'try' as const }), disabled: many }] : []),
        { label: 'Copy', keys: 'Ctrl C', act: () => void copyFromMenu(false) },
        { label: 'Cut', keys: 'Ctrl X', act: () => void copyFromMenu(true) },
        { label: 'Duplicate', keys: 'Ctrl D', act: duplicate },
        { label: 'Delete', keys: 'Del', act: removeChosen, danger: true },
    ];
}

function edgeItems(id: string, at: { x: number; y: number }): MenuItem[] {
    const view = useView.getState();
    view.select([], [id]);
    return [
        ...(useHost.getState().features.live
            ? [{ label: 'Tap this edge', keys: 'T', act: () => (useTap.getState().start(id), useView.setState({ drawer: 'tap' })) }]
            : []),
        { label: 'Insert a node…', act: () => view.show({ kind: 'add', at, splice: id }) },
        { label: 'Delete', keys: 'Del', act: () => useDocument.getState().change((graph) => remove(graph, [], [id])), danger: true },
    ];
}

function canvasItems(at: { x: number; y: number }): MenuItem[] {
    const view = useView.getState();
    const { graph } = useDocument.getState();
    return [
        { label: 'Add a node…', keys: '/', act: () => view.show({ kind: 'add', at }) },
        { label: 'Select all', keys: 'Ctrl A', act: () => view.select([...(graph?.nodes.keys() ?? [])]) },
        { label: 'Arrange', keys: 'Shift L', act: () => void arrange() },
        { label: 'Fit to window', keys: 'F', act: () => useView.setState({ reveal: { time: Date.now() } }) },
    ];
}

export type Target = { node: string } | { edge: string } | null;

/** Opens the menu at a place of the window; `at` is the same place on the canvas. */
export function openMenu(target: Target, x: number, y: number, at: { x: number; y: number }): void {
    const items = target === null ? canvasItems(at) : 'node' in target ? nodeItems(target.node) : edgeItems(target.edge, at);
    useView.setState({ menu: { x, y, items } });
}
