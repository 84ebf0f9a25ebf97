// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The graph that is edited, its history, and the version that the host keeps.
import { create } from 'zustand';
import type { Kept } from '../api/graphs.ts';
import type { Graph } from '../model/graph.ts';
import { emptyHistory, record, redo, undo, type History } from '../model/history.ts';
import type { Problem } from '../model/problems.ts';
import { writeGraph } from '../model/write.ts';

export interface DocumentState {
    graph: Graph | null;
    /** What the host keeps, as far as this tab knows; null for a graph that it has never seen. */
    kept: Kept | null;
    history: History<Graph>;
    /** What the host said of exactly this version, when it was to run it or else when it was asked. */
    told: { of: Graph; problems: Problem[]; refused: boolean } | null;
    open(kept: Kept, graph?: Graph): void;
    close(): void;
    /** One action, or with a key a part of one (a field being typed in). */
    change(make: (graph: Graph) => Graph, key?: string): void;
    undo(): void;
    redo(): void;
    /** The host has this version now. */
    setKept(kept: Kept): void;
    setTold(of: Graph, problems: Problem[], refused?: boolean): void;
}

export const useDocument = create<DocumentState>((set, get) => ({
    graph: null,
    kept: null,
    history: emptyHistory(),
    told: null,
    open: (kept, graph) => set({ graph: graph ?? kept.graph, kept, history: emptyHistory(), told: null }),
    close: () => set({ graph: null, kept: null, history: emptyHistory(), told: null }),
    change: (make, key) => {
        const { graph, history } = get();
        if (!graph) return;
        const next = make(graph);
        if (next !== graph) set({ graph: next, history: record(history, graph, key, Date.now()) });
    },
    undo: () => {
        const { graph, history } = get();
        const back = graph && undo(history, graph);
        if (back) set({ graph: back.present, history: back.history });
    },
    redo: () => {
        const { graph, history } = get();
        const forth = graph && redo(history, graph);
        if (forth) set({ graph: forth.present, history: forth.history });
    },
    setKept: (kept) => set({ kept }),
    setTold: (of, problems, refused = false) => {
        const { graph, told } = get();
        // The answer to a question may come after a refusal to run, and knows less.
        if (graph === of && (refused || told?.of !== of || !told.refused)) set({ told: { of, problems, refused } });
    },
}));

const texts = new WeakMap<Graph, string>();

/** The canonical text of a version; written once. */
export function textOf(graph: Graph): string {
    let text = texts.get(graph);
    if (text === undefined) {
        text = writeGraph(graph);
        texts.set(graph, text);
    }
    return text;
}

/** Whether there are changes that the host does not have yet. */
export function isEdited(state: DocumentState): boolean {
    return state.graph !== null && (state.kept === null || textOf(state.graph) !== textOf(state.kept.graph));
}

export function revisionOf(etag: string): string {
    return etag.replace(/^W\//, '').replaceAll('"', '');
}
