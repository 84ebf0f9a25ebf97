// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useLive } from '../live/store.ts';
import { exact } from '../model/format.ts';

const most = 16;

/** A bar for each lane: how much waits there, against the lane where most does. */
export function Lanes() {
    const lanes = useLive('graph')?.lanes;
    if (!lanes || lanes.length === 0) return null;
    const top = Math.max(...lanes, 1);
    const told = lanes.map((pending, i) => `lane ${i + 1}: ${exact(pending)} pending`).join('\n');
    return (
        <span className="lanes" title={told} data-testid="lanes">
            <span className="lane-bars" aria-hidden="true">
                {lanes.slice(0, most).map((pending, i) => (
                    <i key={i} style={{ height: `${Math.max(2, Math.round((12 * pending) / top))}px` }} className={pending > 0 ? 'busy' : ''} />
                ))}
            </span>
            {lanes.length} lane{lanes.length > 1 ? 's' : ''}
        </span>
    );
}
