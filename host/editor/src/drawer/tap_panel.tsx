// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useTap } from '../live/tap.ts';
import { bytes, clockTime, exact } from '../model/format.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { download } from '../ui/download.ts';
import { Button } from '../ui/controls.tsx';
import { PacketView, packetLine } from './packet_view.tsx';
import { testOf } from './test_file.ts';

/** The packets that pass the tapped edge, newest first, and the chosen one. */
export function TapPanel() {
    const { edge, paused, packets, missed, dropped, chosen, pinned, pause, stop } = useTap();
    const features = useHost((state) => state.features);
    const catalogue = useHost((state) => state.catalogue);
    const connection = useHost((state) => state.connection);
    const graph = useDocument((state) => state.graph)!;
    if (!features.live) return <p className="drawer-empty">This host has no live connection, so it cannot show packets as they pass.</p>;
    if (!edge && packets.length === 0) return <p className="drawer-empty">Select an edge and press Tap (or T) to see the packets that pass it.</p>;
    const shown = packets.find((each) => each.seq === chosen) ?? pinned ?? packets[0];
    return (
        <div className="split" data-testid="tap">
            <div className="split-list">
                <table className="rows">
                    <thead>
                        <tr>
                            <th>Seq</th>
                            <th>Time</th>
                            <th>Bytes</th>
                            <th>Packet</th>
                        </tr>
                    </thead>
                    <tbody>
                        {packets.map((each) => (
                            <tr key={each.seq} aria-selected={each.seq === shown?.seq} onClick={() => useTap.setState({ chosen: each.seq })}>
                                <td>
                                    <button type="button" className="row-button" onFocus={() => useTap.setState({ chosen: each.seq })}>
                                        {each.seq}
                                    </button>
                                </td>
                                <td>{clockTime(each.ts)}</td>
                                <td>{bytes(each.size)}</td>
                                <td className="payload">{packetLine(each.packet)}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
                {packets.length === 0 && <p className="drawer-empty">Waiting for packets on {edge}…</p>}
            </div>
            <div className="split-detail">
                <div className="split-tools">
                    <Button icon={paused ? 'play' : 'pause'} disabled={!edge} onClick={() => pause(!paused)} data-testid="tap-pause">
                        {paused ? `Resume${missed > 0 ? ` (${missed} passed)` : ''}` : 'Pause'}
                    </Button>
                    <Button icon="stop" disabled={!edge} onClick={stop} data-testid="tap-stop">
                        Stop
                    </Button>
                    {shown && (
                        <Button icon="pin" data-testid="tap-pin" tone={pinned?.seq === shown.seq ? 'accent' : 'plain'} onClick={() => useTap.setState({ pinned: pinned?.seq === shown.seq ? null : shown })}>
                            {pinned?.seq === shown.seq ? 'Pinned' : 'Pin'}
                        </Button>
                    )}
                    {pinned && edge && (
                        <Button icon="download" onClick={() => download(`${graph.name}.test.json`, testOf(graph, catalogue, edge, pinned.packet))} data-testid="tap-test">
                            As test
                        </Button>
                    )}
                </div>
                {dropped > 0 && <p className="field-help">{exact(dropped)} passed unseen: a tap never slows the graph.</p>}
                {connection === 'lost' && <p className="notice bad">The host is away; the tap goes on when it is back.</p>}
                {shown && <PacketView packet={shown.packet}>{shown.truncated && <p className="notice">Longer than a tap shows: cut off.</p>}</PacketView>}
            </div>
        </div>
    );
}
