// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useStore } from '@xyflow/react';

export type ZoomLevel = 'blocks' | 'titles' | 'nodes' | 'all';

/** How much is drawn at a zoom: below 30 % blocks, below 50 % titles, below 62 % no labels on edges, else all. */
export function zoomLevel(zoom: number): ZoomLevel {
    return zoom < 0.3 ? 'blocks' : zoom < 0.5 ? 'titles' : zoom < 0.62 ? 'nodes' : 'all';
}

/** Renders again only when the level changes, not with each step of the zoom. */
export function useZoomLevel(): ZoomLevel {
    return useStore((state) => zoomLevel(state.transform[2]));
}
