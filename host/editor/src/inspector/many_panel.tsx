// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { copyFromMenu, duplicate, removeChosen } from '../canvas/clipboard.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';

/** Several things at once: what can be done with all of them. */
export function ManyPanel({ names, edges }: { names: string[]; edges: string[] }) {
    const parts = [names.length > 0 ? `${names.length} nodes` : '', edges.length > 0 ? `${edges.length} edge${edges.length > 1 ? 's' : ''}` : ''];
    return (
        <>
            <header className="inspector-head">
                <div>
                    <h2>{parts.filter(Boolean).join(', ')}</h2>
                    <p className="mono">{names.slice(0, 6).join(', ')}</p>
                </div>
                <IconButton icon="close" label="Close (Esc)" size={15} onClick={() => useView.getState().select([])} />
            </header>
            <div className="inspector-body many-panel">
                <Button icon="copy" onClick={() => void copyFromMenu(false)} disabled={names.length === 0}>
                    Copy
                </Button>
                <Button icon="plus" onClick={duplicate} disabled={names.length === 0}>
                    Duplicate
                </Button>
                <Button tone="danger" icon="trash" onClick={removeChosen}>
                    Delete
                </Button>
            </div>
        </>
    );
}
