// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** A course of values as a thin line, or with `area` as a chart; scaled to its highest value. */
export function Sparkline(props: { values: readonly number[]; width: number; height: number; area?: boolean; slots?: number }) {
    const { width, height, area } = props;
    const slots = props.slots ?? props.values.length;
    // Before the first value there was nothing.
    const values = [...Array<number>(Math.max(0, slots - props.values.length)).fill(0), ...props.values];
    const top = Math.max(...values, 1e-9);
    const step = slots > 1 ? width / (slots - 1) : width;
    const first = width - (values.length - 1) * step;
    const points = values.map((value, i) => `${(first + i * step).toFixed(1)},${(height - 1.5 - (value / top) * (height - 3)).toFixed(1)}`);
    if (points.length < 2) points.unshift(`0,${height - 1.5}`);
    return (
        <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
            {area && <polygon points={`${first},${height} ${points.join(' ')} ${width},${height}`} />}
            <polyline points={points.join(' ')} />
        </svg>
    );
}
