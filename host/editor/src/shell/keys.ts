// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The keys of the graph page, outside of fields and dialogs.
import { useReactFlow } from '@xyflow/react';
import { useEffect } from 'react';
import { duplicate, listenToClipboard, removeChosen } from '../canvas/clipboard.ts';
import { fitOptions } from '../canvas/reveal.ts';
import { arrange, save } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { toggleDrawer, useView, type DrawerTab } from '../state/view.ts';
import { tapSelected } from './commands.ts';

const drawers: DrawerTab[] = ['problems', 'tap', 'send', 'dead', 'outline', 'lanes', 'log'];

function isTyping(target: EventTarget | null): boolean {
    return target instanceof HTMLElement && target.closest('input:not([type=range]), textarea, select, [contenteditable], dialog, .menu') !== null;
}

/** The node that a key is meant for: the selected one, or the one that has the focus. */
function nodeAtHand(): string | undefined {
    const { nodes } = useView.getState();
    if (nodes.size === 1) return [...nodes][0];
    return document.activeElement?.closest('.react-flow__node')?.getAttribute('data-id') ?? undefined;
}

/** Goes into the first parameter of a node. */
function editParams(node: string): void {
    useView.getState().select([node]);
    useView.setState({ inspector: 'params', field: '' });
}

function withControl(event: KeyboardEvent): (() => void) | undefined {
    const { undo, redo, graph } = useDocument.getState();
    switch (event.key.toLowerCase()) {
        case 'z':
            return event.shiftKey ? redo : undo;
        case 'y':
            return redo;
        case 'd':
            return duplicate;
        case 'a':
            return () => useView.getState().select([...(graph?.nodes.keys() ?? [])]);
        case 's':
            return () => void save();
        case 'k':
            return () => useView.getState().show({ kind: 'commands' });
        case 'enter':
            return () => document.querySelector<HTMLButtonElement>('[data-testid=deploy]')?.click();
        default:
            return undefined;
    }
}

function plain(event: KeyboardEvent, fit: () => void): (() => void) | undefined {
    const { show, select, drawer, nodes, edges } = useView.getState();
    switch (event.key) {
        case '/':
            return () => document.getElementById('palette-search')?.focus();
        case '?':
            return () => show({ kind: 'help' });
        case 'Delete':
        case 'Backspace':
            return removeChosen;
        case 'Escape':
            return () => (nodes.size + edges.size > 0 ? select([]) : drawer && useView.setState({ drawer: null }));
        case 'a':
            return () => show({ kind: 'add' });
        case 'c': {
            const node = nodeAtHand();
            return node === undefined ? undefined : () => show({ kind: 'wire', node });
        }
        case 'e': {
            const node = nodeAtHand();
            return node === undefined ? undefined : () => editParams(node);
        }
        case 'f':
            return fit;
        case 't':
            return tapSelected;
        case 'L':
            return () => void arrange();
        default: {
            const tab = drawers[Number(event.key) - 1];
            if (!tab || (['tap', 'log'].includes(tab) && !useHost.getState().features.live)) return undefined;
            return () => toggleDrawer(tab);
        }
    }
}

/** Listens for keys while the graph page is there. */
export function useKeys(): void {
    const flow = useReactFlow();
    useEffect(() => {
        const pressed = (event: KeyboardEvent) => {
            const control = event.ctrlKey || event.metaKey;
            // Saving and the commands work from a field, too.
            if (event.altKey || (isTyping(event.target) && !(control && ['s', 'k', 'Enter'].includes(event.key)))) return;
            if (document.querySelector('dialog[open]')) return;
            const act = control ? withControl(event) : plain(event, () => void flow.fitView(fitOptions()));
            if (!act) return;
            event.preventDefault();
            act();
        };
        addEventListener('keydown', pressed);
        const endClipboard = listenToClipboard();
        return () => {
            removeEventListener('keydown', pressed);
            endClipboard();
        };
    }, [flow]);
}
