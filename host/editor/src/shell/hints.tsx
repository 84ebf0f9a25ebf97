// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useSettings } from '../state/settings.ts';
import { Button } from '../ui/controls.tsx';

/** Three sentences for who is here for the first time; gone for good with one click. */
export function Hints() {
    const { hintsSeen, dismissHints } = useSettings();
    const empty = useDocument((state) => (state.graph?.nodes.size ?? 0) === 0);
    const canTap = useHost((state) => state.features.live);
    if (empty)
        return (
            <div className="empty-canvas">
                <p>
                    Drag a component here, or press <kbd>A</kbd> and type its name.
                </p>
                <p>Begin with an adapter, which lets data in; end with a publisher.</p>
            </div>
        );
    if (hintsSeen) return null;
    return (
        <aside className="hints" aria-label="Hints" data-testid="hints">
            <ol>
                <li>
                    Drag a component from the left, or press <kbd>A</kbd>. Drag from port to port to wire it.
                </li>
                <li>
                    {canTap ? (
                        <>
                            Click an edge, then <b>Tap</b>, to see the packets that pass it.
                        </>
                    ) : (
                        'Click a node for its parameters and counters, an edge for its queue.'
                    )}
                </li>
                <li>
                    <b>Send</b>, below, puts a packet in. <b>Deploy</b>, above, runs what you have drawn.
                </li>
            </ol>
            <Button tone="quiet" onClick={dismissHints}>
                Got it
            </Button>
        </aside>
    );
}
