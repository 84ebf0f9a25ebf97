// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react';
import { memo, useMemo } from 'react';
import { bends, path } from '../layout/route.ts';
import { useFollow } from '../live/follow.ts';
import { useLive, type EdgeLive } from '../live/store.ts';
import { useTap } from '../live/tap.ts';
import { exact, short } from '../model/format.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';
import type { WireEdge } from './flow_edges.ts';
import { useObstacles } from './obstacles.ts';
import { useZoomLevel } from './zoom_level.ts';

const hotFill = 0.75;

export function isHot(live: EdgeLive | undefined): boolean {
    return live !== undefined && live.capacity > 0 && live.depth / live.capacity > hotFill;
}

/** Wider with the logarithm of the rate: 1.25 to 3.25 px. */
export function wireWidth(rate: number): number {
    return 1.25 + Math.min(2, Math.log10(1 + Math.max(0, rate)) * 0.5);
}

function Label({ id, live, x, y, tapped, selected }: { id: string; live: EdgeLive | undefined; x: number; y: number; tapped: boolean; selected: boolean }) {
    if (!live && !tapped) return null;
    const hot = isHot(live);
    const fill = live && live.capacity > 0 ? Math.min(1, live.depth / live.capacity) : 0;
    return (
        <EdgeLabelRenderer>
            <button
                type="button"
                tabIndex={-1}
                className={`wire-label nodrag nopan ${hot ? 'hot' : ''} ${tapped ? 'tapped' : ''} ${selected ? 'selected' : ''}`}
                style={{ transform: `translate(-50%, -50%) translate(${x}px, ${y}px)` }}
                title={live ? `${exact(live.total)} packets, ${exact(live.depth)} of ${exact(live.capacity)} waiting` : undefined}
                data-testid={`wire-${id}`}
                data-total={live?.total}
                onClick={() => useView.getState().select([], [id])}
            >
                <span>
                    {tapped && <Icon name="eye" size={11} />}
                    {live && (live.rate > 0 ? `${short(live.rate)}/s` : short(live.total))}
                </span>
                {live && (
                    <i>
                        <b style={{ width: `${Math.round(fill * 100)}%` }} />
                    </i>
                )}
            </button>
        </EdgeLabelRenderer>
    );
}

/** One edge on the canvas: around what stands in its way, as wide as it is busy. */
export const Wire = memo(function Wire(props: EdgeProps<WireEdge>) {
    const { id, source, target, sourceX, sourceY, targetX, targetY, selected, data } = props;
    const live = useLive(`e:${id}`);
    const tapped = useTap((state) => state.edge === id);
    const isSending = useView((state) => state.drawer === 'send');
    const followed = useFollow((state) => isSending && state.passed.has(id));
    const obstacles = useObstacles();
    const level = useZoomLevel();
    const { d, label } = useMemo(() => {
        const from = { x: sourceX, y: sourceY };
        const to = { x: targetX, y: targetY };
        const boxes = [...obstacles].filter(([name]) => name !== source && name !== target).map(([, box]) => box);
        return path(from, to, level === 'blocks' ? [] : bends(from, to, boxes));
    }, [sourceX, sourceY, targetX, targetY, source, target, obstacles, level]);
    const hot = isHot(live);
    const classes = ['wire', data?.cyclic ? 'cyclic' : '', hot ? 'hot' : '', tapped ? 'tapped' : '', followed ? 'followed' : '', selected ? 'selected' : ''];
    return (
        <>
            <BaseEdge id={id} path={d} className={classes.join(' ')} style={{ strokeWidth: wireWidth(live?.rate ?? 0) }} interactionWidth={22} />
            {(level === 'all' || hot || tapped) && level !== 'blocks' && (
                <Label id={id} live={live} x={label.x} y={label.y} tapped={tapped} selected={selected ?? false} />
            )}
        </>
    );
});
