// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A frame of the live connection: only what has changed since the one before.
import { appended } from './rates.ts';
import { liveValue, setLive } from './store.ts';

export interface Frame {
    seq: number;
    /** rate, errors, packets received, dead letters */
    nodes: Record<string, [number, number, number, number]>;
    /** rate, depth, capacity, packets */
    edges: Record<string, [number, number, number, number]>;
    receipts: number;
}

/** When the last frame came, in ms of `performance.now()`; polls leave the rates to the frames. */
let last = Number.NEGATIVE_INFINITY;
const fresh = 1500;

export function hasFrames(now: number): boolean {
    return now - last < fresh;
}

/** Takes what a frame tells over into the store. */
export function takeFrame(frame: Frame): void {
    last = performance.now();
    for (const [name, [rate, failed, received, dead]] of Object.entries(frame.nodes)) {
        const old = liveValue(`n:${name}`);
        if (old) setLive(`n:${name}`, { ...old, rate, failed, received, dead, history: appended(old.history, rate) });
    }
    for (const [id, [rate, depth, capacity, total]] of Object.entries(frame.edges)) setLive(`e:${id}`, { rate, depth, capacity, total });
    const graph = liveValue('graph');
    if (graph && (graph.rate !== frame.receipts || frame.receipts !== 0))
        setLive('graph', { ...graph, rate: frame.receipts, history: appended(graph.history, frame.receipts) });
}
