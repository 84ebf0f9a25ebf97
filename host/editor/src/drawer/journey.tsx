// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { useFollow } from '../live/follow.ts';
import type { TappedPacket } from '../live/tap.ts';
import { exact } from '../model/format.ts';
import { edgesInFlowOrder } from '../model/topology.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';
import { PacketView, packetLine } from './packet_view.tsx';

/** The same packet on the edge where it was seen before: what has happened to it since. */
function earlier(steps: readonly [string, readonly TappedPacket[]][], at: number, packet: TappedPacket): TappedPacket | undefined {
    for (const [, packets] of steps.slice(0, at).reverse()) {
        const found = packets.find((each) => each.packet.id !== undefined && each.packet.id === packet.packet.id);
        if (found) return found;
    }
    return undefined;
}

/** Where the packets of the request went, edge by edge, and what each node made of them. */
export function Journey() {
    const graph = useDocument((state) => state.graph)!;
    const { passed, unseen, receipt } = useFollow();
    const [chosen, setChosen] = useState<string | null>(null);
    if (!receipt) return null;
    const steps = edgesInFlowOrder(graph).flatMap((edge): [string, readonly TappedPacket[]][] => {
        const packets = passed.get(edge);
        return packets ? [[edge, packets]] : [];
    });
    if (steps.length === 0) return null;
    const at = steps.findIndex(([edge]) => edge === chosen);
    const first = at < 0 ? undefined : steps[at]![1][0];
    return (
        <div className="journey" data-testid="journey">
            <h3>Its way</h3>
            <ol>
                {steps.map(([edge, packets]) => (
                    <li key={edge}>
                        <button
                            type="button"
                            aria-expanded={edge === chosen}
                            data-testid={`journey-${edge}`}
                            onClick={() => {
                                setChosen(edge === chosen ? null : edge);
                                useView.getState().select([], [edge]);
                            }}
                        >
                            <span className="mono">{edge.replace('>', ' → ')}</span>
                            <span className="mono count">{exact(packets.length)}</span>
                            <span className="mono payload">{packetLine(packets[0]!.packet)}</span>
                        </button>
                        {edge === chosen && first && <PacketView packet={first.packet} before={earlier(steps, at, first)?.packet} />}
                    </li>
                ))}
            </ol>
            {unseen > 0 && <p className="field-help">{exact(unseen)} packets passed these edges unseen: there is much else on its way.</p>}
        </div>
    );
}
