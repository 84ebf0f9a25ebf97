// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Keeps what is drawn on the host as it is drawn, so that closing the tab loses nothing.
import { Refused } from '../api/client.ts';
import { dropDraft, saveDraft } from '../api/drafts.ts';
import type { Graph } from '../model/graph.ts';
import { isEdited, useDocument } from './document.ts';
import { useView } from './view.ts';

const delay = 700;

let etag: string | null = null;
let kept: Graph | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
let working: Promise<void> = Promise.resolve();
let isAnothers = false;

/** Whether there are edits that are not kept yet. */
export function isUnkept(): boolean {
    const state = useDocument.getState();
    return isEdited(state) && state.graph !== kept;
}

async function keep(keepalive = false): Promise<void> {
    const state = useDocument.getState();
    const { graph } = state;
    if (!graph || !state.kept || isAnothers) return;
    try {
        if (isEdited(state)) {
            if (graph === kept) return;
            etag = await saveDraft(graph, state.kept.etag, etag, keepalive);
            kept = graph;
        } else if (etag) {
            const gone = etag;
            etag = null;
            kept = null;
            await dropDraft(graph.name, gone);
        }
    } catch (error) {
        if (!(error instanceof Refused)) return schedule(); // The host is away: again when it may be back.
        if (error.status !== 412) return;
        isAnothers = true;
        useView.getState().toast('This graph is worked on in another tab, too: only that one has its draft kept. Save to keep yours.', 'error');
    }
}

function schedule(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
        working = working.then(() => keep());
    }, delay);
}

/** Starts to keep drafts of the open graph; `present` is the ETag of the draft that is open, if one is. Returns the end of it. */
export function keepDrafts(present: string | null): () => void {
    etag = present;
    kept = present ? useDocument.getState().graph : null;
    isAnothers = false;
    const end = useDocument.subscribe((now, before) => {
        if (now.graph && (now.graph !== before.graph || now.kept !== before.kept)) schedule();
    });
    const leave = () => {
        if (isUnkept()) void keep(true);
    };
    addEventListener('pagehide', leave);
    return () => {
        leave();
        clearTimeout(timer);
        end();
        removeEventListener('pagehide', leave);
    };
}
