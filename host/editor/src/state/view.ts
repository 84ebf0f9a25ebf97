// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What is shown and chosen on the page; never part of the document.
import { create } from 'zustand';
import type { Kept } from '../api/graphs.ts';

export type DrawerTab = 'problems' | 'tap' | 'send' | 'dead' | 'outline' | 'lanes' | 'log' | 'hosts';
export type InspectorTab = 'params' | 'ports' | 'live' | 'docs' | 'try';
export type DialogName =
    | { kind: 'help' }
    | { kind: 'commands' }
    | { kind: 'add'; at?: { x: number; y: number }; from?: string; splice?: string }
    | { kind: 'wire'; node: string }
    | { kind: 'deploy' }
    | { kind: 'stop' }
    | { kind: 'conflict'; theirs: Kept }
    | { kind: 'settings' }
    | { kind: 'revisions' }
    | { kind: 'new' };
export interface Toast {
    id: number;
    tone: 'plain' | 'error' | 'good';
    text: string;
}
export interface MenuItem {
    label: string;
    keys?: string;
    act: () => void;
    disabled?: boolean;
    danger?: boolean;
}

export interface ViewState {
    nodes: ReadonlySet<string>;
    edges: ReadonlySet<string>;
    drawer: DrawerTab | null;
    inspector: InspectorTab;
    /** A field that wants the focus, once the inspector shows its node; an empty name means the first. */
    field: string | null;
    /** A node that wants to be seen. */
    reveal: { node?: string; edge?: string; time: number } | null;
    dialog: DialogName | null;
    menu: { x: number; y: number; items: MenuItem[] } | null;
    toasts: Toast[];
    busy: string | null;
    select(nodes: Iterable<string>, edges?: Iterable<string>): void;
    show(dialog: DialogName | null): void;
    toast(text: string, tone?: Toast['tone']): void;
    dismiss(id: number): void;
    /** Forgets all that belongs to the graph that is left. */
    leave(): void;
}

const toastTime = 6000;
let toasts = 0;

const blank = { nodes: new Set<string>(), edges: new Set<string>(), drawer: null, inspector: 'params', field: null, reveal: null, dialog: null, menu: null, toasts: [], busy: null } as const;

export const useView = create<ViewState>((set, get) => ({
    ...blank,
    toasts: [],
    select: (nodes, edges = []) => set({ nodes: new Set(nodes), edges: new Set(edges) }),
    show: (dialog) => set({ dialog, menu: null }),
    toast: (text, tone = 'plain') => {
        const id = ++toasts;
        set({ toasts: [...get().toasts.slice(-3), { id, tone, text }] });
        setTimeout(() => get().dismiss(id), toastTime);
    },
    leave: () => set({ ...blank, toasts: [] }),
    dismiss: (id) => set({ toasts: get().toasts.filter((each) => each.id !== id) }),
}));

export function toggleDrawer(tab: DrawerTab): void {
    useView.setState(({ drawer }) => ({ drawer: drawer === tab ? null : tab }));
}
