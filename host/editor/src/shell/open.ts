// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Opens a graph as the host keeps it, or the draft of it that was left.
import { loadDraft } from '../api/drafts.ts';
import { graphState, loadGraph, type Kept } from '../api/graphs.ts';
import { loadRevision } from '../api/revisions.ts';
import { layout } from '../layout/layout.ts';
import { move } from '../model/edit.ts';
import type { Graph } from '../model/graph.ts';
import { revisionOf, textOf, useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';

/** Nodes without a place get one, which is no edit. */
async function placed(graph: Graph): Promise<Graph> {
    const homeless = [...graph.nodes.keys()].some((node) => !graph.layout?.get(node));
    return homeless ? move(graph, await layout(graph, useHost.getState().catalogue)) : graph;
}

/** The version that a draft began with: the kept one, or an earlier one if the host still has it. */
async function baseOf(base: string, kept: Kept): Promise<Kept> {
    if (base === kept.etag || !useHost.getState().features.revisions) return kept;
    try {
        return { graph: await loadRevision(kept.graph.name, revisionOf(base)), etag: base };
    } catch {
        return kept;
    }
}

async function openDraft(name: string, kept: Kept): Promise<string | null> {
    const state = await graphState(name);
    useHost.setState({ state });
    if (!useHost.getState().features.drafts || !state.draft) return null;
    const draft = await loadDraft(name);
    if (!draft || textOf(draft.graph) === textOf(kept.graph)) return draft?.etag ?? null;
    useDocument.getState().open(await baseOf(draft.base, kept), await placed(draft.graph));
    useView.getState().toast('What you drew and did not save is open again');
    return draft.etag;
}

/** Opens a graph and returns the ETag of its draft, if there is one. */
export async function openGraph(name: string): Promise<string | null> {
    const kept = await loadGraph(name);
    const draft = await openDraft(name, kept);
    if (useDocument.getState().kept?.graph.name !== name) useDocument.getState().open({ ...kept, graph: await placed(kept.graph) });
    return draft;
}

/** Opens what the host keeps now in place of what is open. */
export async function reopenGraph(name: string): Promise<void> {
    const kept = await loadGraph(name);
    useDocument.getState().open({ ...kept, graph: await placed(kept.graph) });
}
