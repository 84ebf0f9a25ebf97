// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { stop } from '../state/actions.ts';
import { useDocument } from '../state/document.ts';
import { stopOnAll, useHosts } from '../state/hosts.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { HereOnly } from './here_only.tsx';

/** On which hosts the graph is to stop; asked only where there are several. */
export function StopDialog({ close }: { close: () => void }) {
    const name = useDocument((state) => state.graph?.name);
    const count = useHosts((state) => state.hosts.length);
    const [alone, setAlone] = useState(false);
    return (
        <Dialog
            title={`Stop ${name}`}
            close={close}
            testid="stop-dialog"
            footer={
                <>
                    <HereOnly chosen={alone} choose={setAlone} />
                    <Button onClick={close}>Cancel</Button>
                    <Button
                        tone="ink"
                        data-first
                        data-testid="stop-go"
                        onClick={() => {
                            close();
                            void (alone ? stop() : stopOnAll());
                        }}
                    >
                        {alone ? 'Stop' : `Stop on ${count} hosts`}
                    </Button>
                </>
            }
        >
            <p>Nothing more is taken in for this graph. What is pending is worked off, or kept for the next start.</p>
        </Dialog>
    );
}
