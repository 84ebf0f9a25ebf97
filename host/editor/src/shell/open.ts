// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { loadGraph } from '../api/graphs.ts';
import { layout } from '../layout/layout.ts';
import { move } from '../model/edit.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';

/** Opens a graph as the host keeps it; nodes without a place get one, which is no edit. */
export async function openGraph(name: string): Promise<void> {
    const kept = await loadGraph(name);
    const { graph } = kept;
    const homeless = Object.keys(graph.nodes).some((node) => !graph.layout?.[node]);
    const shown = homeless ? move(graph, await layout(graph, useHost.getState().catalogue)) : graph;
    useDocument.getState().open({ ...kept, graph: shown });
}
