// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the buttons, keys and menus do with the open graph and the host.
import { Refused } from '../api/client.ts';
import { deployGraph, graphState, loadGraph, saveGraph, stopGraph } from '../api/graphs.ts';
import type { Graph } from '../model/graph.ts';
import { layout } from '../layout/layout.ts';
import { move } from '../model/edit.ts';
import { download } from '../ui/download.ts';
import { isEdited, textOf, useDocument } from './document.ts';
import { useHost } from './host.ts';
import { useView } from './view.ts';

function complain(error: unknown): void {
    useView.getState().toast(error instanceof Error ? error.message : String(error), 'error');
}

/** Does one thing at a time, and says what goes wrong; null then. */
export async function busy<Value>(what: string, work: () => Promise<Value>): Promise<Value | null> {
    if (useView.getState().busy) return null;
    useView.setState({ busy: what });
    try {
        return await work();
    } catch (error) {
        complain(error);
        return null;
    } finally {
        useView.setState({ busy: null });
    }
}

export async function refreshState(): Promise<void> {
    const name = useDocument.getState().kept?.graph.name;
    if (!name) return;
    try {
        useHost.setState({ state: await graphState(name) });
    } catch {
        // The poll of the counters tells whether the host is there.
    }
}

async function keep(graph: Graph, etag: string | null): Promise<boolean> {
    try {
        useDocument.getState().setKept(await saveGraph(graph, etag));
        void refreshState();
        return true;
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
        if (error.status === 412) {
            useView.getState().show({ kind: 'conflict', theirs: await loadGraph(graph.name) });
            return false;
        }
        if (error.problems.length > 0) {
            useDocument.getState().setTold(graph, error.problems);
            useView.setState({ drawer: 'problems' });
        }
        throw error;
    }
}

let saving: Promise<boolean> | null = null;

/** Keeps the open graph on the host without running it; true if it is there now. While a version before is on its way,
 *  this one goes behind it. */
export async function save(): Promise<boolean> {
    while (saving) await saving;
    saving = saveNow();
    try {
        return await saving;
    } finally {
        saving = null;
    }
}

async function saveNow(): Promise<boolean> {
    const { graph, kept } = useDocument.getState();
    if (!graph) return false;
    if (!isEdited(useDocument.getState())) return true;
    const done = await busy('Saving', () => keep(graph, kept?.etag ?? null));
    if (done) useView.getState().toast('Saved', 'good');
    return done ?? false;
}

/** Saves in place of a version that somebody else made. */
export async function saveOver(etag: string): Promise<void> {
    const { graph } = useDocument.getState();
    if (graph && (await busy('Saving', () => keep(graph, etag)))) useView.getState().toast('Saved over the other version', 'good');
}

/** Saves what is open, then runs exactly that. */
export async function deploy(): Promise<boolean> {
    const done = await busy('Deploying', async () => {
        const { graph, kept } = useDocument.getState();
        if (!graph) return false;
        if (isEdited(useDocument.getState()) && !(await keep(graph, kept?.etag ?? null))) return false;
        try {
            await deployGraph(graph.name, useDocument.getState().kept!.etag);
        } catch (error) {
            if (error instanceof Refused && error.status === 412) {
                useView.getState().show({ kind: 'conflict', theirs: await loadGraph(graph.name) });
                return false;
            }
            if (error instanceof Refused && error.problems.length > 0) {
                useDocument.getState().setTold(graph, error.problems, true);
                useView.setState({ drawer: 'problems' });
            }
            throw error;
        }
        return true;
    });
    if (done) {
        useDocument.setState({ told: null }); // what it said when it did not run
        useView.getState().toast('Deployed: it runs', 'good');
    }
    await refreshState();
    return done ?? false;
}

export async function stop(): Promise<void> {
    const name = useDocument.getState().kept?.graph.name;
    if (!name) return;
    const answer = await busy('Stopping', () => stopGraph(name));
    if (answer) useView.getState().toast(answer.pending > 0 ? `Stopped; ${answer.pending} entries are kept for the next start` : 'Stopped');
    await refreshState();
}

/** Gives every node a place by itself; one action that can be undone. */
export async function arrange(): Promise<void> {
    const { graph, change } = useDocument.getState();
    if (!graph || graph.nodes.size === 0) return;
    try {
        const places = await layout(graph, useHost.getState().catalogue);
        change((now) => move(now, new Map([...places].filter(([name]) => now.nodes.has(name)))));
        useView.setState({ reveal: { time: Date.now() } });
    } catch (error) {
        complain(error);
    }
}

/** Hands the canonical file to the browser as a download. */
export function exportGraph(): void {
    const { graph } = useDocument.getState();
    if (graph) download(`${graph.name}.json`, textOf(graph));
}

export async function copyLink(): Promise<void> {
    try {
        await navigator.clipboard.writeText(location.href);
        useView.getState().toast('Link copied');
    } catch {
        useView.getState().toast(location.href);
    }
}
