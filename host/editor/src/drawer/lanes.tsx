// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useLive } from '../live/store.ts';
import { counted } from '../model/format.ts';
import { useView, toggleDrawer } from '../state/view.ts';

const most = 16;

/** A bar for each lane in the bottom bar: how much waits there, against the lane where most does. Opens the lanes. */
export function Lanes() {
    const lanes = useLive('graph')?.lanes;
    const open = useView((state) => state.drawer === 'lanes');
    if (!lanes || lanes.length === 0) return null;
    const top = Math.max(...lanes.map((lane) => lane.pending), 1);
    return (
        <button type="button" className="bar-tab lanes" aria-expanded={open} aria-controls={open ? 'drawer' : undefined} onClick={() => toggleDrawer('lanes')} data-testid="drawer-lanes">
            <span className="lane-bars" aria-hidden="true">
                {lanes.slice(0, most).map(({ pending }, i) => (
                    <i key={i} style={{ height: `${Math.max(3, Math.round((12 * pending) / top))}px` }} className={pending > 0 ? 'busy' : ''} />
                ))}
            </span>
            {counted(lanes.length, 'lane')}
        </button>
    );
}
