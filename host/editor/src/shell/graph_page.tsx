// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { ReactFlowProvider } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { Refused } from '../api/client.ts';
import { checkGraph, loadGraph } from '../api/graphs.ts';
import { Canvas } from '../canvas/canvas.tsx';
import { Dialogs } from '../dialogs/dialogs.tsx';
import { BottomBar, Drawer } from '../drawer/drawer.tsx';
import { Inspector } from '../inspector/inspector.tsx';
import { follow } from '../live/poll.ts';
import { connectLive } from '../live/socket.ts';
import { useTap } from '../live/tap.ts';
import { Palette } from '../palette/palette.tsx';
import { loadParts } from '../parts/lazy.ts';
import { refreshState } from '../state/actions.ts';
import { isEdited, useDocument } from '../state/document.ts';
import { isUnkept, keepDrafts } from '../state/drafts.ts';
import { useHost } from '../state/host.ts';
import { followHosts } from '../state/hosts.ts';
import { useSettings } from '../state/settings.ts';
import { useView } from '../state/view.ts';
import { Menu } from '../ui/menu.tsx';
import { Resizer } from '../ui/resizer.tsx';
import { Hints } from './hints.tsx';
import { useKeys } from './keys.ts';
import { openGraph, reopenGraph } from './open.ts';
import { TopBar } from './top_bar.tsx';

const checkDelay = 350;

/** Asks the host what it thinks of the open version, a moment after the last change. */
function useServerCheck(): void {
    const graph = useDocument((state) => state.graph);
    const lost = useHost((state) => state.connection === 'lost');
    useEffect(() => {
        if (!graph || lost) return;
        const ended = new AbortController();
        const timer = setTimeout(() => {
            checkGraph(graph, ended.signal).then(
                (problems) => useDocument.getState().setTold(graph, problems),
                () => {}, // Then the page's own opinion stands.
            );
        }, checkDelay);
        return () => {
            ended.abort();
            clearTimeout(timer);
        };
    }, [graph, lost]);
}

/** Follows the counters, and looks after a host that came back whether the graph is still the same. */
function useFollow(name: string): void {
    useEffect(
        () =>
            follow(name, () => {
                void refreshState();
                loadGraph(name).then(
                    ({ etag }) => {
                        const state = useDocument.getState();
                        if (state.kept && state.kept.etag !== etag && !isEdited(state)) void reopenGraph(name);
                    },
                    () => {}, // The graph may be gone; the next save will tell.
                );
            }),
        [name],
    );
}

/** Asks before edits are left that nobody keeps yet. */
function useLeaveGuard(): void {
    useEffect(() => {
        const ask = (event: BeforeUnloadEvent) => {
            if (isUnkept()) event.preventDefault();
        };
        addEventListener('beforeunload', ask);
        return () => removeEventListener('beforeunload', ask);
    }, []);
}

/** The live connection, where the host has one. */
function useLiveConnection(name: string): void {
    const live = useHost((state) => state.features.live);
    useEffect(() => (live ? connectLive(name) : undefined), [name, live]);
}

/** The hosts beside this one. */
function useHostsBeside(name: string): void {
    const hosts = useHost((state) => state.features.hosts);
    useEffect(() => (hosts ? followHosts(name) : undefined), [name, hosts]);
}

function Editor({ name }: { name: string }) {
    const { paletteWidth, resize } = useSettings();
    const lost = useHost((state) => state.connection === 'lost');
    useFollow(name);
    useLiveConnection(name);
    useHostsBeside(name);
    useKeys();
    useServerCheck();
    useEffect(loadParts, []);
    useLeaveGuard();
    return (
        <>
            <TopBar />
            <div className={lost ? 'middle lost-connection' : 'middle'} style={{ gridTemplateColumns: `${paletteWidth}px minmax(0, 1fr)` }}>
                <div className="palette-frame">
                    <Palette />
                    <Resizer label="Width of the palette" axis="x" size={paletteWidth} least={160} most={420} grow={1} set={(size) => resize('paletteWidth', size)} />
                </div>
                <main className="work">
                    <div className="stage">
                        <Canvas />
                        <Inspector />
                        <Hints />
                    </div>
                    <Drawer />
                </main>
            </div>
            <BottomBar />
            <Dialogs />
            <Menu />
        </>
    );
}

/** One graph: palette, canvas, inspector, drawer. */
export function GraphPage({ name }: { name: string }) {
    const [problem, setProblem] = useState<string | null>(null);
    const isOpen = useDocument((state) => state.graph !== null && state.kept?.graph.name === name);
    useEffect(() => {
        let current = true;
        let endDrafts = () => {};
        document.title = `${name} – Penstock`;
        openGraph(name).then(
            (draft) => {
                if (current && useHost.getState().features.drafts) endDrafts = keepDrafts(draft);
            },
            (error: unknown) => {
                if (!current) return;
                setProblem(error instanceof Refused && error.status === 404 ? `There is no graph “${name}” on this host.` : (error as Error).message);
            },
        );
        return () => {
            current = false;
            endDrafts();
            useDocument.getState().close();
            useTap.getState().clear();
            useView.getState().leave();
        };
    }, [name]);
    if (problem)
        return (
            <main className="lost-page">
                <p>{problem}</p>
                <a href="#/">All graphs</a>
            </main>
        );
    if (!isOpen) return <main className="lost-page" aria-busy="true" />;
    return (
        <ReactFlowProvider>
            <Editor name={name} />
        </ReactFlowProvider>
    );
}
