// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Handle, Position } from '@xyflow/react';
import { historyLength } from '../live/rates.ts';
import { useLive } from '../live/store.ts';
import { exact, short } from '../model/format.ts';
import { errorPort } from '../model/component.ts';
import { openDeadLetters } from '../drawer/dead_filter.ts';
import { Sparkline } from '../ui/sparkline.tsx';
import { outHandle } from './handles.ts';

/** The last line of a card: rate, its course, what failed, and the `error` output beside that. */
export function CardFoot({ name, hasError }: { name: string; hasError: boolean }) {
    const live = useLive(`n:${name}`);
    const failed = live?.failed ?? 0;
    const total = live ? Math.max(live.received, live.sent) : 0;
    const isStill = !live || live.rate === 0;
    return (
        <div className="card-foot" data-testid={`live-${name}`} data-received={live?.received} data-sent={live?.sent} data-failed={live?.failed} data-dead={live?.dead}>
            <span className="rate" title={live ? `${exact(live.received)} received, ${exact(live.sent)} sent` : 'not running'}>
                {isStill ? (
                    <span className="still">{live ? exact(total) : '–'}</span>
                ) : (
                    <>
                        <b>{short(live.rate)}</b>/s
                    </>
                )}
            </span>
            <Sparkline values={live?.history ?? []} width={58} height={16} slots={historyLength} />
            {failed > 0 ? (
                <button
                    type="button"
                    tabIndex={-1}
                    className="errors some nodrag"
                    title={`${exact(failed)} failed${live?.dead ? `, ${exact(live.dead)} became dead letters` : ''}`}
                    onClick={() => openDeadLetters({ node: name })}
                >
                    {live?.dead ? `${short(live.dead)} dead` : `${short(failed)} err`}
                </button>
            ) : (
                <span className="errors">0 err</span>
            )}
            {hasError && (
                <Handle
                    type="source"
                    position={Position.Right}
                    id={outHandle(errorPort)}
                    className="port error-port"
                    data-testid={`port-${name}-out-error`}
                    title="error: packets on which this node failed; unwired, they become dead letters"
                />
            )}
        </div>
    );
}
