// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { historyLength } from '../live/rates.ts';
import { useLive } from '../live/store.ts';
import { exact, short } from '../model/format.ts';
import { openDeadLetters } from '../drawer/dead_filter.ts';
import { Button } from '../ui/controls.tsx';
import { Sparkline } from '../ui/sparkline.tsx';

/** The node's counters, exactly as the host tells them. */
export function LiveTab({ name }: { name: string }) {
    const live = useLive(`n:${name}`);
    const state = useLive('state');
    if (!live) return <p className="notice">{state === undefined ? 'The graph does not run.' : 'This node is not in the version that runs. Deploy to run it.'}</p>;
    const rows = [
        ['Received', live.received],
        ['Sent', live.sent],
        ['Delivered', live.delivered],
        ['Dropped', live.dropped],
        ['Failed', live.failed],
        ...(live.dead === undefined ? [] : [['Dead', live.dead] as const]),
        ['Retries', live.retries],
        ['Restarts', live.restarts],
    ] as const;
    return (
        <div className="live-tab">
            <p className="figure">
                <b>{short(live.rate)}</b>/s
            </p>
            <div className="chart">
                <Sparkline values={live.history} width={272} height={48} slots={historyLength} area />
            </div>
            <dl>
                {rows.map(([label, value]) => (
                    <div key={label}>
                        <dt>{label}</dt>
                        <dd className="mono" data-testid={`counter-${label.toLowerCase()}`}>
                            {exact(value)}
                        </dd>
                    </div>
                ))}
            </dl>
            {live.failed > 0 && (
                <Button icon="inbox" onClick={() => openDeadLetters({ node: name })}>
                    Dead letters of this node
                </Button>
            )}
        </div>
    );
}
