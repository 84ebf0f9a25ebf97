// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useMemo } from 'react';
import type { Kept } from '../api/graphs.ts';
import { diff } from '../model/diff.ts';
import { merge } from '../model/merge.ts';
import { exportGraph, saveOver } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Changes } from './changes.tsx';

/** Somebody else saved this graph meanwhile. Whatever is chosen, nothing is lost: undo has the other version. */
export function ConflictDialog({ theirs, close }: { theirs: Kept; close: () => void }) {
    const mine = useDocument((state) => state.graph)!;
    const base = useDocument((state) => state.kept)!.graph;
    const { change, setKept } = useDocument.getState();
    const { toast } = useView.getState();
    const merged = useMemo(() => merge(base, mine, theirs.graph), [base, mine, theirs]);

    const take = (graph: typeof mine, said: string) => {
        setKept(theirs);
        change(() => graph);
        close();
        toast(said);
    };
    return (
        <Dialog
            title="This graph was changed elsewhere"
            close={close}
            size="wide"
            testid="conflict"
            footer={
                <>
                    <Button icon="download" onClick={exportGraph}>
                        Export mine
                    </Button>
                    <span className="grow" />
                    <Button data-testid="conflict-theirs" onClick={() => take(theirs.graph, 'The other version is open; undo brings yours back')}>
                        Take theirs
                    </Button>
                    <Button
                        data-testid="conflict-mine"
                        onClick={() => {
                            close();
                            setKept(theirs);
                            void saveOver(theirs.etag);
                        }}
                    >
                        Keep mine
                    </Button>
                    <Button tone="ink" data-first data-testid="conflict-merge" onClick={() => take(merged.graph, 'Merged; look at it, then save')}>
                        Merge
                    </Button>
                </>
            }
        >
            <div className="sides">
                <div>
                    <h3>Your changes</h3>
                    <Changes changes={diff(base, mine)} none="Places on the canvas only." />
                </div>
                <div>
                    <h3>Theirs</h3>
                    <Changes changes={diff(base, theirs.graph)} none="Places on the canvas only." />
                </div>
            </div>
            <p className="field-help">
                {merged.clashes.length === 0
                    ? 'They do not touch each other: merging keeps all of both.'
                    : `Both changed ${merged.clashes.join(', ')}: merging keeps yours there, and all else of both.`}
            </p>
        </Dialog>
    );
}
