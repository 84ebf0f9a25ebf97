// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Undo: the document before each action, by reference. Edits of one field in quick succession are one action.
export const longestHistory = 100;
export const coalesceTime = 900;

export interface History<Document> {
    past: Document[];
    future: Document[];
    key: string | undefined;
    time: number;
}

export function emptyHistory<Document>(): History<Document> {
    return { past: [], future: [], key: undefined, time: 0 };
}

/** Notes that `before` is about to be replaced. `key` names the field that is edited, if any; `now` in ms. */
export function record<Document>(history: History<Document>, before: Document, key: string | undefined, now: number): History<Document> {
    const goesOn = key !== undefined && key === history.key && now - history.time < coalesceTime;
    const past = goesOn ? history.past : [...history.past, before].slice(-longestHistory);
    return { past, future: [], key, time: now };
}

export function undo<Document>(history: History<Document>, present: Document): { history: History<Document>; present: Document } | null {
    const before = history.past.at(-1);
    if (before === undefined) return null;
    return {
        history: { past: history.past.slice(0, -1), future: [present, ...history.future], key: undefined, time: 0 },
        present: before,
    };
}

export function redo<Document>(history: History<Document>, present: Document): { history: History<Document>; present: Document } | null {
    const after = history.future[0];
    if (after === undefined) return null;
    return {
        history: { past: [...history.past, present], future: history.future.slice(1), key: undefined, time: 0 },
        present: after,
    };
}
