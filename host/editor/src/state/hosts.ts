// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The hosts side by side, and what is done with all of them.
import { create } from 'zustand';
import { Refused, Unreachable } from '../api/client.ts';
import { loadGraph } from '../api/graphs.ts';
import { beginRollout, beginStop, interruptRollout, listHosts, showRollout, type HostEntry, type Rollout } from '../api/hosts.ts';
import { outcomeOf } from '../model/hosts.ts';
import { busy, refreshState, stop } from './actions.ts';
import { useDocument } from './document.ts';
import { useView } from './view.ts';

const interval = 4000;
const lookInterval = 400;
const patience = 60_000;

interface HostsState {
    /** With what they say of the open graph; empty if the host has no peers. */
    hosts: HostEntry[];
    /** The one that this page has begun last. */
    rollout: Rollout | null;
}

export const useHosts = create<HostsState>(() => ({ hosts: [], rollout: null }));

/** Asks again and again how the hosts fare, unless there is only one. Returns the end of it. */
export function followHosts(name: string): () => void {
    const ended = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    useHosts.setState({ hosts: [], rollout: null });
    const ask = async (): Promise<void> => {
        try {
            if (!document.hidden || useHosts.getState().hosts.length === 0) {
                const { hosts, rollout } = await listHosts(name, ended.signal);
                if (ended.signal.aborted) return;
                const isFirst = useHosts.getState().hosts.length === 0;
                useHosts.setState({ hosts });
                if (hosts.length === 0) return; // peers count from the next start of the host on
                if (isFirst && rollout?.outcome === null) void resume(rollout);
            }
        } catch {
            // The poll of the counters tells whether the host is there.
        }
        if (!ended.signal.aborted) timer = setTimeout(() => void ask(), interval);
    };
    void ask();
    return () => {
        ended.abort();
        clearTimeout(timer);
        useHosts.setState({ hosts: [], rollout: null });
    };
}

async function refreshHosts(name: string): Promise<void> {
    try {
        useHosts.setState({ hosts: (await listHosts(name)).hosts });
    } catch {
        // The next look comes soon.
    }
}

/** Shows a rollout until it has ended; the host may be away meanwhile. */
async function watch(begun: Rollout): Promise<Rollout> {
    let now = begun;
    let seen = Date.now();
    useView.setState({ drawer: 'hosts' });
    for (;;) {
        if (useDocument.getState().kept?.graph.name === now.graph) useHosts.setState({ rollout: now });
        if (now.outcome !== null) return now;
        await new Promise((soon) => setTimeout(soon, lookInterval));
        try {
            now = await showRollout(now.graph);
            seen = Date.now();
        } catch (error) {
            if (!(error instanceof Unreachable) || Date.now() - seen > patience) throw error;
        }
    }
}

async function finish(ended: Rollout | null, wanted: Rollout['outcome']): Promise<boolean> {
    if (!ended) return false;
    useView.getState().toast(outcomeOf(ended), ended.outcome === wanted ? 'good' : 'error');
    await Promise.all([refreshState(), refreshHosts(ended.graph)]);
    return ended.outcome === wanted;
}

/** Shows a rollout that was begun before the page was loaded, or by somebody else. */
async function resume(begun: Rollout): Promise<void> {
    const isStop = begun.action === 'stop';
    await finish(await busy(isStop ? 'Stopping' : 'Deploying', () => watch(begun)), isStop ? 'stopped' : 'deployed');
}

async function refused(error: unknown): Promise<boolean> {
    const { graph } = useDocument.getState();
    if (!graph || !(error instanceof Refused)) return false;
    if (error.status === 412) {
        useView.getState().show({ kind: 'conflict', theirs: await loadGraph(graph.name) });
        return true;
    }
    if (error.problems.length > 0) {
        useDocument.getState().setTold(graph, error.problems, true);
        useView.setState({ drawer: 'problems' });
    }
    return false;
}

/** Runs what is open on all hosts, or on none; it is stored where it runs. */
export async function deployToAll(): Promise<boolean> {
    const ended = await busy('Deploying', async () => {
        const { graph, kept } = useDocument.getState();
        if (!graph) return null;
        let begun: Rollout;
        try {
            begun = await beginRollout(graph, kept?.etag ?? null);
        } catch (error) {
            if (await refused(error)) return null;
            throw error;
        }
        const all = await watch(begun);
        const own = all.hosts.find((each) => each.own);
        if (useDocument.getState().graph?.name !== graph.name) return null;
        if (all.outcome === 'deployed') {
            useDocument.getState().setKept(await loadGraph(graph.name));
            useDocument.setState({ told: null });
        } else if (own && own.problems.some((each) => each.pointer)) useDocument.getState().setTold(graph, own.problems, true);
        return all;
    });
    return finish(ended, 'deployed');
}

export async function stopOnAll(): Promise<void> {
    const name = useDocument.getState().kept?.graph.name;
    if (!name) return;
    await finish(await busy('Stopping', async () => watch(await beginStop(name))), 'stopped');
}

/** Stops the graph; where there are several hosts, asks on which. */
export function askToStop(): void {
    if (useHosts.getState().hosts.length > 0) useView.getState().show({ kind: 'stop' });
    else void stop();
}

/** Has the deployment that is shown go back. */
export async function goBack(): Promise<void> {
    const { rollout } = useHosts.getState();
    if (!rollout) return;
    try {
        await interruptRollout(rollout.graph);
    } catch (error) {
        useView.getState().toast((error as Error).message, 'error');
    }
}
