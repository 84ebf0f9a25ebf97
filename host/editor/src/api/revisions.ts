// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Graph } from '../model/graph.ts';
import { parseGraph } from '../model/read.ts';
import { call, get } from './client.ts';

export interface Revision {
    revision: string;
    time: string;
    bytes: number;
}

const at = (name: string) => `/api/graphs/${encodeURIComponent(name)}/revisions`;

export async function listRevisions(name: string): Promise<Revision[]> {
    return (await get<{ revisions: Revision[] }>(at(name))).revisions;
}

export async function loadRevision(name: string, revision: string): Promise<Graph> {
    return parseGraph((await call('GET', `${at(name)}/${encodeURIComponent(revision)}`)).text);
}
