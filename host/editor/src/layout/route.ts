// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Where wires run: a curve from port to port, or around the nodes that stand in its way.

export interface Box {
    x: number;
    y: number;
    width: number;
    height: number;
}

export interface Point {
    x: number;
    y: number;
}

const margin = 14;
const samples = 24;

function curve(from: Point, to: Point): [Point, Point, Point, Point] {
    const reach = Math.max(28, Math.min(Math.abs(to.x - from.x) / 2, 120));
    return [from, { x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }, to];
}

function at([a, b, c, d]: [Point, Point, Point, Point], t: number): Point {
    const s = 1 - t;
    const [i, j, k, l] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return { x: i * a.x + j * b.x + k * c.x + l * d.x, y: i * a.y + j * b.y + k * c.y + l * d.y };
}

function isInside(point: Point, box: Box): boolean {
    return (
        point.x > box.x - margin / 2 &&
        point.x < box.x + box.width + margin / 2 &&
        point.y > box.y - margin / 2 &&
        point.y < box.y + box.height + margin / 2
    );
}

/** The boxes that a direct curve would cross. */
function crossed(from: Point, to: Point, boxes: readonly Box[]): Box[] {
    const way = curve(from, to);
    const left = Math.min(from.x, to.x);
    const right = Math.max(from.x, to.x);
    const top = Math.min(from.y, to.y) - margin;
    const bottom = Math.max(from.y, to.y) + margin;
    const near = boxes.filter((box) => box.x < right && box.x + box.width > left && box.y < bottom && box.y + box.height > top);
    if (near.length === 0) return near;
    const points = Array.from({ length: samples - 1 }, (_, i) => at(way, (i + 1) / samples));
    return near.filter((box) => points.some((point) => isInside(point, box)));
}

/** The points between the ports that a wire goes through: none, or two on a free line above or below what it would cross. */
export function bends(from: Point, to: Point, boxes: readonly Box[]): Point[] {
    if (to.x - from.x < 2 * margin) return [];
    let hit = crossed(from, to, boxes);
    if (hit.length === 0) return [];
    // What stands on the way along the free line is gone around too.
    for (let round = 0; round < 4; ++round) {
        const left = Math.min(...hit.map((box) => box.x)) - margin;
        const right = Math.max(...hit.map((box) => box.x + box.width)) + margin;
        const above = Math.min(...hit.map((box) => box.y)) - margin;
        const below = Math.max(...hit.map((box) => box.y + box.height)) + margin;
        const middle = (from.y + to.y) / 2;
        const lines = [above, below].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
        for (const y of lines) {
            const others = boxes.filter(
                (box) => !hit.includes(box) && box.x < right && box.x + box.width > left && box.y < y + margin / 2 && box.y + box.height > y - margin / 2,
            );
            if (others.length === 0)
                return [
                    { x: Math.max(left, from.x + margin), y },
                    { x: Math.min(right, to.x - margin), y },
                ];
        }
        const grown = boxes.filter(
            (box) => box.x < right && box.x + box.width > left && box.y < below + margin && box.y + box.height > above - margin,
        );
        if (grown.length === hit.length) break;
        hit = grown;
    }
    return [];
}

function command([, b, c, d]: [Point, Point, Point, Point]): string {
    const n = (value: number) => Math.round(value * 10) / 10;
    return `C${n(b.x)},${n(b.y)} ${n(c.x)},${n(c.y)} ${n(d.x)},${n(d.y)}`;
}

function backwards(from: Point, to: Point): string {
    // Against the flow, a wire leaves to the right and comes in from the left in a wide loop.
    const reach = 80 + Math.min(Math.abs(from.x - to.x) / 4, 80);
    return command([from, { x: from.x + reach, y: from.y }, { x: to.x - reach, y: to.y }, to]);
}

/** An SVG path through the bends, and the point for its label. */
export function path(from: Point, to: Point, through: readonly Point[]): { d: string; label: Point } {
    const start = `M${from.x},${from.y}`;
    const [first, second] = through;
    if (!first || !second) {
        if (to.x - from.x < 2 * margin)
            return { d: `${start} ${backwards(from, to)}`, label: { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 } };
        const way = curve(from, to);
        return { d: `${start} ${command(way)}`, label: at(way, 0.5) };
    }
    const d = `${start} ${command(curve(from, first))} L${second.x},${second.y} ${command(curve(second, to))}`;
    return { d, label: { x: (first.x + second.x) / 2, y: first.y } };
}
