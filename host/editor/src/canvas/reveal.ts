// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Moves the canvas so that what is asked for can be seen, and never lies under the inspector.
import { useReactFlow, type FitViewOptions } from '@xyflow/react';
import { useEffect, useRef, type RefObject } from 'react';
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

function boxOf(name: string) {
    const { graph } = useDocument.getState();
    const [x, y] = graph?.layout?.[name] ?? [0, 0];
    return { x, y, width: nodeWidth, height: graph ? nodeHeight(graph, useHost.getState().catalogue, name) : 0 };
}

/** Brings into view what the view store asks for, and pans when the inspector opens over the selected node. */
export function useReveal(frame: RefObject<HTMLDivElement | null>): void {
    const flow = useReactFlow();
    const reveal = useView((state) => state.reveal);
    const chosen = useView((state) => (state.nodes.size === 1 && state.edges.size === 0 ? [...state.nodes][0] : undefined));
    const name = useDocument((state) => state.graph?.name);
    const fitted = useRef<string | undefined>(undefined);

    const pan = (node: string, centre: boolean) => {
        const width = frame.current?.clientWidth ?? 0;
        const height = frame.current?.clientHeight ?? 0;
        if (width === 0) return;
        const { x, y, zoom } = flow.getViewport();
        const box = boxOf(node);
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

    useEffect(() => {
        if (chosen !== undefined) pan(chosen, false);
    }, [chosen]);

    useEffect(() => {
        if (!reveal) return;
        const { graph } = useDocument.getState();
        if (reveal.node) pan(reveal.node, true);
        else if (reveal.edge) pan(endpoint(reveal.edge.split('>')[0]!).node, true);
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
