// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** A course of values as a thin line, or with `area` as a chart; scaled to its highest value, the newest at the right.
 * Where nothing is known yet, nothing is drawn. */
export function Sparkline(props: { values: readonly number[]; width: number; height: number; area?: boolean; slots?: number }) {
    const { width, height, area } = props;
    const { values } = props;
    const slots = props.slots ?? values.length;
    const top = Math.max(...values, 1e-9);
    const step = slots > 1 ? width / (slots - 1) : width;
    const first = width - (values.length - 1) * step;
    const points = values.map((value, i) => `${(first + i * step).toFixed(1)},${(height - 1.5 - (value / top) * (height - 3)).toFixed(1)}`);
    return (
        <svg className="sparkline" width={width} height={height} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
            {area && points.length > 1 && <polygon points={`${first},${height} ${points.join(' ')} ${width},${height}`} />}
            {points.length > 1 && <polyline points={points.join(' ')} />}
        </svg>
    );
}
