// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { call } from '../api/client.ts';
import { diff, type Change } from '../model/diff.ts';
import { parseGraph } from '../model/read.ts';
import { deploy } from '../state/actions.ts';
import { revisionOf, useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { deployToAll, useHosts } from '../state/hosts.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Changes } from './changes.tsx';
import { HereOnly } from './here_only.tsx';

/** The version that runs, if the host can still show it: the kept one, or one of its revisions. */
async function runningVersion(name: string, revision: string) {
    const { kept } = useDocument.getState();
    if (kept && revisionOf(kept.etag) === revision) return kept.graph;
    if (!useHost.getState().features.revisions) return null;
    return parseGraph((await call('GET', `/api/graphs/${encodeURIComponent(name)}/revisions/${revision}`)).text);
}

/** What a deployment would change, before it does. */
export function DeployDialog({ close }: { close: () => void }) {
    const graph = useDocument((state) => state.graph)!;
    const state = useHost((host) => host.state);
    const count = useHosts((all) => all.hosts.length);
    const [alone, setAlone] = useState(false);
    const toAll = count > 0 && !alone;
    const [changes, setChanges] = useState<Change[] | 'first' | 'unknown' | null>(null);
    useEffect(() => {
        const revision = state?.deployed_revision;
        if (!revision) return setChanges('first');
        runningVersion(graph.name, revision).then(
            (running) => setChanges(running ? diff(running, graph) : 'unknown'),
            () => setChanges('unknown'),
        );
    }, [graph, state?.deployed_revision]);
    const pending = state?.pending.entries ?? 0;
    return (
        <Dialog
            title={`Deploy ${graph.name}`}
            close={close}
            testid="deploy-dialog"
            footer={
                <>
                    {count > 0 && <HereOnly chosen={alone} choose={setAlone} />}
                    <Button onClick={close}>Cancel</Button>
                    <Button
                        tone="ink"
                        data-first
                        data-testid="deploy-go"
                        onClick={() => {
                            close();
                            void (toAll ? deployToAll() : deploy());
                        }}
                    >
                        {toAll ? `Deploy to ${count} hosts` : 'Deploy'}
                    </Button>
                </>
            }
        >
            {changes === 'first' && <p>This graph does not run yet. {graph.nodes.size} nodes start.</p>}
            {changes === 'unknown' && <p>What runs now is an older version that the host no longer shows. It is replaced as a whole.</p>}
            {Array.isArray(changes) && <Changes changes={changes} none="The same as what runs, but for places on the canvas." />}
            <p className="field-help">
                {state?.state === 'running' && 'The version that runs works off what it has taken, then this one takes over. '}
                {pending > 0 && `${pending} entries are pending. `}
                Nothing that was accepted is lost.
                {toAll && ' All hosts check it first, then one after the other runs it; if one of them refuses, all go back.'}
            </p>
        </Dialog>
    );
}
