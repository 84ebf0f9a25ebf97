// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The address: `#/` is the list of graphs, `#/graphs/NAME` one of them, so a link can be shared.
import { useSyncExternalStore } from 'react';

export type Route = { page: 'list' } | { page: 'graph'; name: string };

function read(): string {
    return location.hash;
}

function subscribe(changed: () => void): () => void {
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
}

export function parseRoute(hash: string): Route {
    const found = /^#\/graphs\/([^/?]+)/.exec(hash);
    return found ? { page: 'graph', name: decodeURIComponent(found[1]!) } : { page: 'list' };
}

export function useRoute(): Route {
    return parseRoute(useSyncExternalStore(subscribe, read));
}

export function addressOf(name: string): string {
    return `#/graphs/${encodeURIComponent(name)}`;
}

export function goTo(name: string | null): void {
    location.hash = name === null ? '#/' : addressOf(name);
}
