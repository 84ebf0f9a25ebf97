// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useLive } from '../live/store.ts';
import { exact, short } from '../model/format.ts';
import { runsIt } from '../model/hosts.ts';
import { arrange, copyLink, exportGraph, save } from '../state/actions.ts';
import { isEdited, revisionOf, useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { askToStop, useHosts } from '../state/hosts.ts';
import { useProblems } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';
import { pickImport } from './import.ts';
import { Mark, ThemeButton } from './mark.tsx';

function RunState() {
    const told = useLive('state');
    const live = useLive('graph');
    const state = useHost((host) => host.state);
    const lost = useHost((host) => host.connection === 'lost');
    const now = told ?? state?.state;
    if (!now) return null;
    const stoppable = now === 'running' && !lost;
    const differs = now === 'running' && state?.deployed_revision && state.revision !== state.deployed_revision;
    return (
        <>
            <div className={`run-state ${now} ${lost ? 'lost' : ''} ${stoppable ? 'with-stop' : ''}`}>
                <i />
                <span role="status" data-testid="run-state" data-state={lost ? 'away' : now}>
                    {lost ? 'away' : now}
                </span>
                {now === 'running' && live && !lost && (
                    <b className="mono" title={`${short(live.rate)} requests or made packets a second, ${exact(live.accepted)} since the start`} data-testid="receipts">
                        {short(live.rate)}/s
                    </b>
                )}
                {stoppable && <IconButton icon="stop" label="Stop the graph" size={9} className="stop" onClick={askToStop} data-testid="stop" />}
            </div>
            {differs && <span className="differs">an older version runs</span>}
        </>
    );
}

function more(x: number, y: number): void {
    const { show } = useView.getState();
    const { features } = useHost.getState();
    useView.setState({
        menu: {
            x,
            y,
            items: [
                { label: 'Commands', keys: 'Ctrl K', act: () => show({ kind: 'commands' }) },
                { label: 'Title, lanes, partition…', act: () => show({ kind: 'settings' }) },
                ...(features.revisions ? [{ label: 'Revisions…', act: () => show({ kind: 'revisions' }) }] : []),
                { label: 'Export', act: exportGraph },
                { label: 'Import…', act: pickImport },
                { label: 'Copy link', act: () => void copyLink() },
                { label: 'Keys', keys: '?', act: () => show({ kind: 'help' }) },
            ],
        },
    });
}

/** Why the open version cannot be deployed now; undefined if it can. */
function useObstacle(): string | undefined {
    const edited = useDocument(isEdited);
    const state = useHost((host) => host.state);
    const connection = useHost((host) => host.connection);
    // What refused to start may start the next time: a file that is there now, a port that is free.
    const mayRetry = useDocument((document) => document.told !== null && document.told.of === document.graph && document.told.refused);
    const problems = useProblems().length;
    const isEverywhere = useHosts(({ hosts }) => hosts.every((each) => state !== null && runsIt(each, state.name, state.revision)));
    if (connection === 'lost') return 'The host does not answer';
    if (problems > 0 && !mayRetry) return `${problems} problem${problems > 1 ? 's' : ''} to solve first`;
    const runs = state?.state === 'running' && !edited && state.revision === state.deployed_revision && isEverywhere;
    return runs ? 'This version runs already' : undefined;
}

/** Name, state and the actions on the whole graph. */
export function TopBar() {
    const { graph, kept, history, undo, redo } = useDocument();
    const edited = useDocument(isEdited);
    const busy = useView((view) => view.busy);
    const lost = useHost((host) => host.connection === 'lost');
    const obstacle = useObstacle();
    return (
        <header className="top-bar">
            <a className="home" href="#/" aria-label="All graphs" title="All graphs">
                <Mark />
            </a>
            <h1 title={graph?.title}>{graph?.name}</h1>
            <span className="revision mono" title="Revision that the host keeps" data-testid="revision">
                {kept?.etag ? revisionOf(kept.etag).slice(0, 7) : 'new'}
            </span>
            {edited && (
                <span className="edited" data-testid="edited">
                    edited
                </span>
            )}
            <RunState />
            <span className="grow" />
            <IconButton icon="undo" label="Undo (Ctrl Z)" disabled={history.past.length === 0} onClick={undo} data-testid="undo" />
            <IconButton icon="redo" label="Redo (Ctrl Shift Z)" disabled={history.future.length === 0} onClick={redo} data-testid="redo" />
            <span className="separator" />
            <IconButton icon="layout" label="Arrange (Shift L)" onClick={() => void arrange()} data-testid="arrange" />
            <ThemeButton />
            <IconButton
                icon="more"
                label="More"
                aria-haspopup="menu"
                data-testid="more"
                onClick={(event) => {
                    const box = event.currentTarget.getBoundingClientRect();
                    more(box.left, box.bottom + 4);
                }}
            />
            <Button onClick={() => void save()} disabled={!edited || busy !== null || lost} data-testid="save">
                {busy === 'Saving' ? 'Saving…' : 'Save'}
            </Button>
            <Button
                tone="ink"
                disabled={obstacle !== undefined || busy !== null}
                title={obstacle ?? 'Run this version (Ctrl Enter)'}
                aria-description={obstacle}
                data-testid="deploy"
                onClick={() => useView.getState().show({ kind: 'deploy' })}
            >
                {busy === 'Deploying' ? 'Deploying…' : 'Deploy'}
            </Button>
        </header>
    );
}
