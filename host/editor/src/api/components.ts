// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Catalogue, Component } from '../model/component.ts';
import { get, getExact } from './client.ts';

export interface Listing {
    catalogue: Catalogue;
    refusals: string[];
    warnings: string[];
}

export async function loadComponents(): Promise<Listing> {
    const answer = await getExact<{ components: Component[]; refusals?: string[]; warnings?: string[] }>('/api/components');
    return {
        catalogue: new Map(answer.components.map((each) => [each.component, each])),
        refusals: answer.refusals ?? [],
        warnings: answer.warnings ?? [],
    };
}

/** What this host can do beyond the first routes: read from its own description, so that nothing is tried in vain. */
export interface Features {
    live: boolean;
    drafts: boolean;
    revisions: boolean;
    tries: boolean;
    hosts: boolean;
}

export async function loadFeatures(): Promise<Features> {
    const { paths } = await get<{ paths: Record<string, unknown> }>('/openapi.json');
    return {
        live: '/api/live' in paths,
        drafts: '/api/graphs/{name}/draft' in paths,
        revisions: '/api/graphs/{name}/revisions' in paths,
        tries: '/api/components/{package}/{name}/try' in paths,
        hosts: '/api/hosts' in paths,
    };
}
