// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The tap: the last packets that passed one edge, newest first.
import { create } from 'zustand';
import type { JsonObject } from '../model/json.ts';

export interface TappedPacket {
    seq: number;
    ts: string;
    size: number;
    packet: JsonObject;
    truncated?: boolean;
    /** Of the requests that it was made from; older hosts do not tell. */
    receipts?: readonly string[];
}

export const mostTapped = 500;

interface TapState {
    /** The edge that is tapped, also while the host is away. */
    edge: string | null;
    paused: boolean;
    packets: readonly TappedPacket[];
    /** While paused: how many came meanwhile. */
    missed: number;
    dropped: number;
    pinned: TappedPacket | null;
    chosen: number | null;
    start(edge: string): void;
    stop(): void;
    take(packet: TappedPacket): void;
    pause(paused: boolean): void;
    clear(): void;
}

export const useTap = create<TapState>((set, get) => ({
    edge: null,
    paused: false,
    packets: [],
    missed: 0,
    dropped: 0,
    pinned: null,
    chosen: null,
    start: (edge) => set({ edge, paused: false, packets: [], missed: 0, dropped: 0, chosen: null }),
    stop: () => set({ edge: null, paused: false }),
    take: (packet) => {
        const { paused, packets, missed } = get();
        if (paused) set({ missed: missed + 1 });
        else set({ packets: [packet, ...packets].slice(0, mostTapped) });
    },
    pause: (paused) => set({ paused, missed: 0 }),
    clear: () => set({ edge: null, paused: false, packets: [], missed: 0, dropped: 0, pinned: null, chosen: null }),
}));
