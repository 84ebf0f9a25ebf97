// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { ReactFlowInstance } from '@xyflow/react';
import { fitOptions } from '../canvas/reveal.ts';
import { duplicate, removeChosen } from '../canvas/clipboard.ts';
import { useTap } from '../live/tap.ts';
import { arrange, copyLink, exportGraph, save } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { askToStop, useHosts } from '../state/hosts.ts';
import { goTo } from '../state/route.ts';
import { useSettings } from '../state/settings.ts';
import { toggleDrawer, useView } from '../state/view.ts';
import { pickImport } from './import.ts';

export interface Command {
    label: string;
    keys?: string;
    disabled?: boolean;
    act: () => void;
}

/** Taps the selected edge, if there is one and the host can. */
export function tapSelected(): void {
    const [edge] = useView.getState().edges;
    if (!edge || !useHost.getState().features.live) return;
    useTap.getState().start(edge);
    useView.setState({ drawer: 'tap' });
}

/** Everything that the command palette offers, as things are now. */
export function commands(flow: Pick<ReactFlowInstance, 'fitView'>): Command[] {
    const { show, nodes, edges, select } = useView.getState();
    const { graph, history, undo, redo } = useDocument.getState();
    const { features, state } = useHost.getState();
    const { hosts } = useHosts.getState();
    const runs = state?.state === 'running' || hosts.some((each) => each.graphs.some(({ name, state }) => name === graph?.name && state === 'running'));
    const [node] = nodes;
    return [
        { label: 'Add a node', keys: 'A', act: () => show({ kind: 'add' }) },
        { label: 'Connect the selected node', keys: 'C', disabled: nodes.size !== 1, act: () => show({ kind: 'wire', node: node! }) },
        { label: 'Edit its parameters', keys: 'E', disabled: nodes.size !== 1, act: () => useView.setState({ inspector: 'params', field: '' }) },
        { label: 'Deploy', keys: 'Ctrl Enter', act: () => show({ kind: 'deploy' }) },
        { label: 'Save', keys: 'Ctrl S', act: () => void save() },
        { label: 'Stop the graph', disabled: !runs, act: askToStop },
        { label: 'Undo', keys: 'Ctrl Z', disabled: history.past.length === 0, act: undo },
        { label: 'Redo', keys: 'Ctrl Shift Z', disabled: history.future.length === 0, act: redo },
        { label: 'Arrange', keys: 'Shift L', act: () => void arrange() },
        { label: 'Fit to window', keys: 'F', act: () => void flow.fitView(fitOptions()) },
        { label: 'Duplicate', keys: 'Ctrl D', disabled: nodes.size === 0, act: duplicate },
        { label: 'Delete', keys: 'Del', disabled: nodes.size + edges.size === 0, act: removeChosen },
        { label: 'Select all', keys: 'Ctrl A', act: () => select([...(graph?.nodes.keys() ?? [])]) },
        ...(features.live ? [{ label: 'Tap the selected edge', keys: 'T', disabled: edges.size !== 1, act: tapSelected }] : []),
        { label: 'Show problems', keys: '1', act: () => toggleDrawer('problems') },
        { label: 'Send a packet', keys: '3', act: () => toggleDrawer('send') },
        { label: 'Show dead letters', keys: '4', act: () => toggleDrawer('dead') },
        { label: 'Show the graph as a list', keys: '5', act: () => toggleDrawer('outline') },
        { label: 'Show the lanes', keys: '6', act: () => toggleDrawer('lanes') },
        ...(features.live ? [{ label: 'Show the log', keys: '7', act: () => toggleDrawer('log') }] : []),
        ...(hosts.length > 0 ? [{ label: 'Show the hosts', act: () => toggleDrawer('hosts') }] : []),
        ...(features.revisions ? [{ label: 'Revisions', act: () => show({ kind: 'revisions' as const }) }] : []),
        { label: 'Title, lanes, partition', act: () => show({ kind: 'settings' }) },
        { label: 'Export the graph file', act: exportGraph },
        { label: 'Import a graph file', act: pickImport },
        { label: 'Copy the link', act: () => void copyLink() },
        { label: 'Light or dark', act: () => useSettings.getState().toggleTheme() },
        { label: 'All graphs', act: () => goTo(null) },
        { label: 'Keys', keys: '?', act: () => show({ kind: 'help' }) },
    ];
}
