// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Counters, outside of React's state: only what shows a key renders again when it changes.
import { useCallback, useSyncExternalStore } from 'react';

export interface EdgeLive {
    rate: number;
    depth: number;
    capacity: number;
    total: number;
}

export interface NodeLive {
    rate: number;
    received: number;
    sent: number;
    delivered: number;
    dropped: number;
    failed: number;
    retries: number;
    restarts: number;
    dead?: number;
    history: readonly number[];
}

export interface LaneLive {
    pending: number;
    packets: number;
    waiting: number;
    rate: number;
    history: readonly number[];
}

export interface GraphLive {
    rate: number;
    accepted: number;
    done: number;
    delivered: number;
    dropped: number;
    failed: number;
    dead: number;
    pending: number;
    lanes: readonly LaneLive[];
    history: readonly number[];
}

interface Values {
    [node: `n:${string}`]: NodeLive;
    [edge: `e:${string}`]: EdgeLive;
    graph: GraphLive;
    state: string;
}

const values = new Map<string, unknown>();
const listeners = new Map<string, Set<() => void>>();

export function liveValue<Key extends keyof Values & string>(key: Key): Values[Key] | undefined {
    return values.get(key) as Values[Key] | undefined;
}

export function setLive<Key extends keyof Values & string>(key: Key, value: Values[Key]): void {
    if (values.get(key) === value) return;
    values.set(key, value);
    listeners.get(key)?.forEach((changed) => changed());
}

export function clearLive(): void {
    const keys = [...values.keys()];
    values.clear();
    for (const key of keys) listeners.get(key)?.forEach((changed) => changed());
}

/** The value of a key: `n:<node>`, `e:<edge id>`, `graph`, `state`; undefined until the host has told it. */
export function useLive<Key extends keyof Values & string>(key: Key): Values[Key] | undefined {
    const subscribe = useCallback(
        (changed: () => void) => {
            let set = listeners.get(key);
            if (!set) listeners.set(key, (set = new Set()));
            set.add(changed);
            return () => void set.delete(changed);
        },
        [key],
    );
    return useSyncExternalStore(subscribe, () => liveValue(key));
}
