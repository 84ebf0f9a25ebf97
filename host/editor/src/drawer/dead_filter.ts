// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { create } from 'zustand';
import { useView } from '../state/view.ts';

export interface DeadFilter {
    node: string;
    reason: string;
}

/** Which dead letters the drawer lists. */
export const useDeadFilter = create<DeadFilter>(() => ({ node: '', reason: '' }));

export function openDeadLetters(filter: Partial<DeadFilter> = {}): void {
    useDeadFilter.setState({ node: '', reason: '', ...filter });
    useView.setState({ drawer: 'dead' });
}
