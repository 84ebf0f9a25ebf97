// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { historyLength } from '../live/rates.ts';
import { useLive, type LaneLive } from '../live/store.ts';
import { exact, short } from '../model/format.ts';
import { useDocument } from '../state/document.ts';
import { Sparkline } from '../ui/sparkline.tsx';

function Lane({ lane, number, all }: { lane: LaneLive; number: number; all: number }) {
    const share = all > 0 ? Math.round((100 * lane.packets) / all) : 0;
    return (
        <tr data-testid={`lane-${number}`} data-packets={lane.packets}>
            <td>{number}</td>
            <td className="number">{exact(lane.pending)}</td>
            <td className="number">{exact(lane.waiting)}</td>
            <td className="number">{short(lane.rate)}/s</td>
            <td className="course">
                <Sparkline values={lane.history} width={120} height={16} slots={historyLength} />
            </td>
            <td className="number">{exact(lane.packets)}</td>
            <td className="share">
                <span className="share-bar" aria-hidden="true">
                    <i style={{ width: `${share}%` }} />
                </span>
                {share} %
            </td>
        </tr>
    );
}

/** Each lane of the graph that runs: what waits there, and what has passed. */
export function LanesPanel() {
    const lanes = useLive('graph')?.lanes ?? [];
    const partition = useDocument((state) => state.graph?.partition_by);
    if (lanes.length === 0) return <p className="drawer-empty">The graph does not run, so it has no lanes.</p>;
    const all = lanes.reduce((sum, lane) => sum + lane.packets, 0);
    return (
        <>
            <table className="rows lanes-table" data-testid="lanes">
                <caption className="sr">Lanes of the graph that runs</caption>
                <thead>
                    <tr>
                        <th>Lane</th>
                        <th className="number">Requests pending</th>
                        <th className="number">Packets waiting</th>
                        <th className="number">Packets</th>
                        <th>Course</th>
                        <th className="number">Since deployed</th>
                        <th>Share</th>
                    </tr>
                </thead>
                <tbody>
                    {lanes.map((lane, i) => (
                        <Lane key={i} lane={lane} number={i + 1} all={all} />
                    ))}
                </tbody>
            </table>
            <p className="drawer-note">
                A lane is one copy of the graph on one thread. {partition ? `Requests with the same ${partition} go to the same lane, in order.` : 'A request goes to the lane with the least to do; one with an id always to the same.'} Packets are counted on every
                edge they enter.
            </p>
        </>
    );
}
