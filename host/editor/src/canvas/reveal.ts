// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Moves the canvas so that what is asked for can be seen, and never lies under the inspector.
import { useReactFlow, type FitViewOptions } from '@xyflow/react';
import { useEffect, useRef, type RefObject } from 'react';
import type { Box } from '../layout/route.ts';
import { nodeHeight, nodeWidth } from '../layout/size.ts';
import { endpoint } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useSettings } from '../state/settings.ts';
import { useView } from '../state/view.ts';

const gap = 28;

function duration(): number {
    return matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 220;
}

/** Fits the whole graph, beside the inspector if that is open. */
export function fitOptions(): FitViewOptions {
    const { nodes, edges } = useView.getState();
    const right = nodes.size + edges.size > 0 ? useSettings.getState().inspectorWidth + 40 : 48;
    return { padding: { left: '48px', top: '48px', bottom: '48px', right: `${right}px` }, maxZoom: 1, duration: duration() };
}

function boxOf(name: string): Box {
    const { graph } = useDocument.getState();
    const [x, y] = graph?.layout?.get(name) ?? [0, 0];
    return { x, y, width: nodeWidth, height: graph ? nodeHeight(graph, useHost.getState().catalogue, name) : 0 };
}

/** Both ends of an edge, `src.port>dst.port`. */
function boxOfEdge(id: string): Box {
    const [from, to] = id.split('>').map((end) => boxOf(endpoint(end).node)) as [Box, Box];
    const [x, y] = [Math.min(from.x, to.x), Math.min(from.y, to.y)];
    return { x, y, width: Math.max(from.x + from.width, to.x + to.width) - x, height: Math.max(from.y + from.height, to.y + to.height) - y };
}

/** Brings into view what the view store asks for, and pans when the inspector opens over the selected node. */
export function useReveal(frame: RefObject<HTMLDivElement | null>): void {
    const flow = useReactFlow();
    const reveal = useView((state) => state.reveal);
    const chosen = useView((state) => (state.nodes.size === 1 && state.edges.size === 0 ? [...state.nodes][0] : undefined));
    const chosenEdge = useView((state) => (state.edges.size === 1 && state.nodes.size === 0 ? [...state.edges][0] : undefined));
    const drawer = useView((state) => state.drawer !== null);
    const name = useDocument((state) => state.graph?.name);
    const fitted = useRef<string | undefined>(undefined);

    const pan = (box: Box, centre: boolean) => {
        const width = frame.current?.clientWidth ?? 0;
        const height = frame.current?.clientHeight ?? 0;
        if (width === 0) return;
        const { x, y, zoom } = flow.getViewport();
        const left = box.x * zoom + x;
        const top = box.y * zoom + y;
        const right = left + box.width * zoom;
        const bottom = top + box.height * zoom;
        const free = width - useSettings.getState().inspectorWidth - 2 * gap;
        let [dx, dy] = [0, 0];
        if (right > free) dx = free - right;
        if (left + dx < gap) dx = gap - left;
        if (bottom > height - gap) dy = height - gap - bottom;
        if (top + dy < gap) dy = gap - top;
        if (centre && (dx !== 0 || dy !== 0)) {
            dx = free / 2 - (left + right) / 2;
            dy = height / 2 - (top + bottom) / 2;
        }
        if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: duration() });
    };

    // Also when the drawer takes a part of the canvas.
    useEffect(() => {
        if (chosen !== undefined) pan(boxOf(chosen), false);
        else if (chosenEdge !== undefined) pan(boxOfEdge(chosenEdge), false);
    }, [chosen, chosenEdge, drawer]);

    useEffect(() => {
        if (!reveal) return;
        const { graph } = useDocument.getState();
        if (reveal.node) pan(boxOf(reveal.node), true);
        else if (reveal.edge) pan(boxOfEdge(reveal.edge), true);
        else if (graph) {
            // The new places reach the canvas with its next frame.
            requestAnimationFrame(() => requestAnimationFrame(() => void flow.fitView(fitOptions())));
        }
    }, [reveal]);

    // A graph that was just opened is shown whole, once its nodes are measured.
    useEffect(() => {
        if (!name || fitted.current === name) return;
        let frameId = 0;
        let tries = 0;
        const attempt = () => {
            const drawn = flow.getNodes();
            if (drawn.length > 0 && drawn.every((node) => node.measured?.width || node.initialWidth)) {
                fitted.current = name;
                void flow.fitView({ ...fitOptions(), duration: 0 });
            } else if (tries++ < 120) frameId = requestAnimationFrame(attempt);
        };
        frameId = requestAnimationFrame(attempt);
        return () => cancelAnimationFrame(frameId);
    }, [name, flow]);
}
