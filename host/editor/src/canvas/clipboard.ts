// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The system's clipboard, as text: works between tabs, and with a text editor.
import { cutOut, paste, readPiece, writePiece } from '../model/clipboard.ts';
import { remove } from '../model/edit.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';

const offset = 32;

/** The chosen nodes as JSON text; empty if there are none. */
export function chosenText(): string {
    const { graph } = useDocument.getState();
    const { nodes } = useView.getState();
    return graph && nodes.size > 0 ? writePiece(cutOut(graph, nodes)) : '';
}

/** Adds what a text describes; false if it describes no nodes. */
export function pasteText(text: string): boolean {
    const piece = readPiece(text);
    if (!piece || piece.nodes.size === 0) return false;
    let names: string[] = [];
    useDocument.getState().change((graph) => {
        const added = paste(graph, piece, [offset, offset]);
        names = added.names;
        return added.graph;
    });
    useView.getState().select(names);
    return true;
}

export function duplicate(): void {
    pasteText(chosenText());
}

export function removeChosen(): void {
    const { nodes, edges, select } = useView.getState();
    if (nodes.size + edges.size === 0) return;
    useDocument.getState().change((graph) => remove(graph, nodes, edges));
    select([]);
}

async function copy(): Promise<void> {
    const text = chosenText();
    if (text) await navigator.clipboard.writeText(text);
}

/** For menus; keys use the browser's own events, which need no permission. */
export async function copyFromMenu(cut: boolean): Promise<void> {
    try {
        await copy();
        if (cut) removeChosen();
    } catch {
        useView.getState().toast('The browser does not let this page use the clipboard; Ctrl+C does', 'error');
    }
}

function isField(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && (target.closest('input, textarea, select, [contenteditable]') !== null || target.closest('dialog') !== null);
}

/** Listens for the browser's copy, cut and paste outside of fields; returns the end of it. */
export function listenToClipboard(): () => void {
    const copied = (event: ClipboardEvent) => {
        const text = chosenText();
        if (isField(event.target) || !text || !event.clipboardData || String(getSelection()) !== '') return;
        event.clipboardData.setData('text/plain', text);
        event.clipboardData.setData('application/json', text);
        event.preventDefault();
        if (event.type === 'cut') removeChosen();
    };
    const pasted = (event: ClipboardEvent) => {
        if (isField(event.target)) return;
        const text = event.clipboardData?.getData('text/plain') ?? '';
        if (pasteText(text)) event.preventDefault();
        else if (text) useView.getState().toast('The clipboard holds no nodes');
    };
    document.addEventListener('copy', copied);
    document.addEventListener('cut', copied);
    document.addEventListener('paste', pasted);
    return () => {
        document.removeEventListener('copy', copied);
        document.removeEventListener('cut', copied);
        document.removeEventListener('paste', pasted);
    };
}
