// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What is known of the host: its components, what it can do, and the state of the open graph.
import { create } from 'zustand';
import type { Features } from '../api/components.ts';
import type { State } from '../api/graphs.ts';
import type { Catalogue } from '../model/component.ts';

export type Connection = 'connecting' | 'live' | 'lost';

export interface HostState {
    catalogue: Catalogue;
    refusals: string[];
    features: Features;
    loaded: boolean;
    connection: Connection;
    /** Of the open graph. */
    state: State | null;
}

export const useHost = create<HostState>(() => ({
    catalogue: new Map(),
    refusals: [],
    features: { live: false, drafts: false, revisions: false, tries: false, hosts: false },
    loaded: false,
    connection: 'connecting',
    state: null,
}));
