// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { PointerEvent } from 'react';

/** The edge of a panel: dragged, or moved with the arrow keys. `grow` is +1 if a move right or down makes it larger. */
export function Resizer(props: {
    label: string;
    axis: 'x' | 'y';
    size: number;
    least: number;
    most: number;
    grow: 1 | -1;
    set: (size: number) => void;
}) {
    const bounded = (size: number) => Math.max(props.least, Math.min(props.most, size));
    const begin = (event: PointerEvent<HTMLDivElement>) => {
        const element = event.currentTarget;
        const start = props.axis === 'x' ? event.clientX : event.clientY;
        const before = props.size;
        element.setPointerCapture(event.pointerId);
        element.onpointermove = (move) => props.set(bounded(before + props.grow * ((props.axis === 'x' ? move.clientX : move.clientY) - start)));
        element.onpointerup = () => {
            element.onpointermove = null;
        };
    };
    const keys = props.axis === 'x' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowUp', 'ArrowDown'];
    return (
        <div
            className={`resizer ${props.axis}`}
            role="separator"
            tabIndex={0}
            aria-label={props.label}
            aria-orientation={props.axis === 'x' ? 'vertical' : 'horizontal'}
            aria-valuenow={Math.round(props.size)}
            aria-valuemin={props.least}
            aria-valuemax={props.most}
            onPointerDown={begin}
            onKeyDown={(event) => {
                const way = keys.indexOf(event.key);
                if (way < 0) return;
                event.preventDefault();
                props.set(bounded(props.size + props.grow * (way === 0 ? -16 : 16)));
            }}
        />
    );
}
