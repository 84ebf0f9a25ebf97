// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Turns the host's counters into rates: each frame against the one before it.
import type { Stats } from '../api/graphs.ts';
import { memberOf } from '../model/json.ts';
import { setLive, liveValue, type LaneLive, type NodeLive } from './store.ts';

export const historyLength = 40;

/** A rate per second that never is negative: a deployment begins counting anew. */
export function rate(before: number | undefined, now: number, seconds: number): number {
    return before === undefined || now < before || seconds <= 0 ? 0 : (now - before) / seconds;
}

export function appended(history: readonly number[] | undefined, value: number): readonly number[] {
    return [...(history ?? []), value].slice(-historyLength);
}

function sameNode(left: NodeLive | undefined, right: NodeLive): boolean {
    if (!left) return false;
    const still = left?.history === right.history;
    const flat = (history: readonly number[]) => history.length === historyLength && history.every((each) => each === 0);
    return (
        left.received === right.received && left.sent === right.sent && left.delivered === right.delivered && left.dropped === right.dropped &&
        left.failed === right.failed && left.dead === right.dead && left.retries === right.retries && left.restarts === right.restarts && left.rate === right.rate &&
        (still || (flat(left.history) && flat(right.history)))
    );
}

export class Rates {
    private before: { stats: Stats; time: number } | null = null;

    private lanes(stats: Stats, seconds: number, old: readonly LaneLive[]): LaneLive[] {
        return stats.lanes.map(({ pending, packets = 0, waiting = 0 }, i) => {
            const flow = rate(this.before?.stats.lanes[i]?.packets, packets, seconds);
            return { pending, packets, waiting, rate: flow, history: appended(old[i]?.history, flow) };
        });
    }

    /** Takes counters of a time in ms and tells the store what has changed; `told` if frames tell the rates meanwhile. */
    take(stats: Stats, time: number, told = false): void {
        const last = this.before;
        const seconds = last ? (time - last.time) / 1000 : 0;
        const edges = new Map(last?.stats.edges.map((edge) => [`${edge.from}>${edge.to}`, edge.packets]));
        for (const [name, now] of Object.entries(stats.nodes)) {
            const before = memberOf(last?.stats.nodes, name);
            const through = (each: typeof now) => Math.max(each.received, each.sent);
            const key = `n:${name}` as const;
            const old = liveValue(key);
            const flow = told && old ? old.rate : rate(before && through(before), through(now), seconds);
            const value: NodeLive = { ...now, rate: flow, history: told && old ? old.history : appended(old?.history, flow) };
            if (!sameNode(old, value)) setLive(key, value);
        }
        for (const { from, to, packets, depth, capacity } of stats.edges) {
            const id = `${from}>${to}`;
            const key = `e:${id}` as const;
            const old = liveValue(key);
            const flow = told && old ? old.rate : rate(edges.get(id), packets, seconds);
            const value = { rate: flow, depth, capacity, total: packets };
            if (!old || old.rate !== value.rate || old.depth !== depth || old.capacity !== capacity || old.total !== packets) setLive(key, value);
        }
        const old = liveValue('graph');
        const flow = told && old ? old.rate : rate(last?.stats.accepted, stats.accepted, seconds);
        setLive('graph', {
            rate: flow,
            accepted: stats.accepted,
            done: stats.done,
            delivered: stats.delivered,
            dropped: stats.dropped,
            failed: stats.failed,
            dead: stats.dead,
            pending: stats.pending.entries,
            lanes: this.lanes(stats, seconds, old?.lanes ?? []),
            history: told && old ? old.history : appended(old?.history, flow),
        });
        setLive('state', stats.state);
        this.before = { stats, time };
    }
}
