// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { listRevisions, loadRevision, type Revision } from '../api/revisions.ts';
import { diff } from '../model/diff.ts';
import { bytes, dateTime } from '../model/format.ts';
import type { Graph } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Changes } from './changes.tsx';

/** Earlier versions that the host keeps: what is different from them, and the way back. */
export function RevisionsDialog({ close }: { close: () => void }) {
    const graph = useDocument((state) => state.graph)!;
    const deployed = useHost((state) => state.state?.deployed_revision);
    const [list, setList] = useState<Revision[] | null>(null);
    const [chosen, setChosen] = useState<string | null>(null);
    const [shown, setShown] = useState<Graph | null>(null);
    const complain = (error: unknown) => useView.getState().toast((error as Error).message, 'error');

    useEffect(() => {
        listRevisions(graph.name).then((found) => {
            setList(found);
            setChosen(found[0]?.revision ?? null);
        }, complain);
    }, [graph.name]);
    useEffect(() => {
        setShown(null);
        if (chosen) loadRevision(graph.name, chosen).then(setShown, complain);
    }, [chosen, graph.name]);

    return (
        <Dialog
            title="Revisions"
            close={close}
            size="wide"
            testid="revisions"
            footer={
                <>
                    <Button onClick={close}>Close</Button>
                    <Button
                        tone="ink"
                        disabled={!shown}
                        data-testid="revision-restore"
                        onClick={() => {
                            useDocument.getState().change(() => ({ ...shown!, name: graph.name }));
                            close();
                            useView.getState().toast('Restored in the editor; save to keep it, undo to take it back');
                        }}
                    >
                        Restore
                    </Button>
                </>
            }
        >
            <div className="sides revisions">
                <ul className="revision-list">
                    {list?.map((each) => (
                        <li key={each.revision}>
                            <button type="button" aria-pressed={each.revision === chosen} onClick={() => setChosen(each.revision)}>
                                <b>{dateTime(each.time)}</b>
                                <span className="mono">
                                    {each.revision.slice(0, 7)} · {bytes(each.bytes)}
                                    {each.revision === deployed ? ' · runs' : ''}
                                </span>
                            </button>
                        </li>
                    ))}
                    {list?.length === 0 && <li className="notice">None yet.</li>}
                </ul>
                <div>
                    <h3>Restoring it would</h3>
                    {shown && <Changes changes={diff(graph, shown)} none="change nothing but places on the canvas." />}
                </div>
            </div>
        </Dialog>
    );
}
