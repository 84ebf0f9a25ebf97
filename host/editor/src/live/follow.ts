// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// One request on its way: what passed each edge because of it, as taps on all edges saw it.
import { create } from 'zustand';
import type { TappedPacket } from './tap.ts';

/** A client may tap 64 edges, and one is the reader's own. */
export const mostFollowed = 63;
const mostKept = 2000;
const readyTime = 1000;
const lateTime = 1500;
const pendingTime = 60_000;

interface FollowState {
    /** The edges that are tapped for it now; empty when nothing is followed. */
    edges: readonly string[];
    receipt: string | null;
    /** What passed, by edge, in the order in which it came. */
    passed: ReadonlyMap<string, readonly TappedPacket[]>;
    /** So many packets passed these edges unseen, ours or others'. */
    unseen: number;
    /** Taps edges; comes back when packets of all are shown, or when the host does not say so in time. */
    begin(edges: readonly string[]): Promise<void>;
    /** Names the request that is followed, of which all is done or not. */
    settle(receipt: string, isDone: boolean): void;
    end(): void;
    tapped(edge: string): void;
    take(edge: string, packet: TappedPacket): void;
    lose(edge: string, count: number): void;
    clear(): void;
}

/** Of what came while the receipt was not known yet, what belongs to it. */
function grouped(arrived: readonly [string, TappedPacket][], receipt: string): Map<string, readonly TappedPacket[]> {
    const found = new Map<string, TappedPacket[]>();
    for (const [edge, packet] of arrived)
        if (packet.receipts?.includes(receipt)) found.set(edge, [...(found.get(edge) ?? []), packet]);
    return found;
}

let arrived: [string, TappedPacket][] = [];
let awaited = new Set<string>();
let ready = () => {};
let timer: ReturnType<typeof setTimeout> | undefined;

export const useFollow = create<FollowState>((set, get) => ({
    edges: [],
    receipt: null,
    passed: new Map(),
    unseen: 0,
    begin: (edges) => {
        get().end();
        get().clear();
        const wanted = edges.slice(0, mostFollowed);
        arrived = [];
        awaited = new Set(wanted);
        const isReady = new Promise<void>((resolve) => {
            ready = resolve;
            setTimeout(resolve, readyTime);
        });
        set({ edges: wanted });
        return wanted.length === 0 ? Promise.resolve() : isReady;
    },
    settle: (receipt, isDone) => {
        set({ receipt, passed: grouped(arrived, receipt) });
        timer = setTimeout(() => get().end(), isDone ? lateTime : pendingTime);
    },
    end: () => {
        clearTimeout(timer);
        if (get().edges.length > 0) set({ edges: [] });
    },
    tapped: (edge) => {
        awaited.delete(edge);
        if (awaited.size === 0) ready();
    },
    take: (edge, packet) => {
        const { edges, receipt, passed } = get();
        if (!edges.includes(edge) || arrived.length >= mostKept) return;
        arrived.push([edge, packet]);
        if (receipt && packet.receipts?.includes(receipt)) set({ passed: new Map(passed).set(edge, [...(passed.get(edge) ?? []), packet]) });
    },
    lose: (edge, count) => {
        if (get().edges.includes(edge)) set({ unseen: get().unseen + count });
    },
    clear: () => set({ receipt: null, passed: new Map(), unseen: 0 }),
}));
