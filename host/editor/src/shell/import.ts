// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { parseGraph } from '../model/read.ts';
import { arrange } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';

/** Opens the choice of a file and passes its text on. */
export function pickFile(take: (text: string) => void): void {
    const input = document.createElement('input');
    input.type = 'file';
    input.accept = '.json,application/json';
    input.onchange = () => {
        const file = input.files?.[0];
        if (file) void file.text().then(take);
    };
    input.click();
}

/** Puts a graph file in place of what is open: one action, which undo takes back. The name stays. */
export function importText(text: string): void {
    try {
        const graph = parseGraph(text);
        useDocument.getState().change((now) => ({ ...graph, name: now.name }));
        if ([...graph.nodes.keys()].some((name) => !graph.layout?.get(name))) void arrange();
        else useView.setState({ reveal: { time: Date.now() } });
        useView.getState().toast('Imported; save to keep it, undo to take it back');
    } catch (error) {
        useView.getState().toast((error as Error).message, 'error');
    }
}

export function pickImport(): void {
    pickFile(importText);
}
