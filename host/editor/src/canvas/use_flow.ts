// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Between the document and the canvas library.
import { applyNodeChanges, type NodeChange } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { nodeHeight, nodeWidth } from '../layout/size.ts';
import { errorPort, outputsOf } from '../model/component.ts';
import { move, snap } from '../model/edit.ts';
import type { Position } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useProblems } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { flowEdges, type WireEdge } from './flow_edges.ts';
import { synced, type CardNode } from './flow_nodes.ts';

/** The nodes for the canvas library, and what to do with its changes. */
export function useFlowNodes(): [CardNode[], (changes: NodeChange<CardNode>[]) => void] {
    const graph = useDocument((state) => state.graph)!;
    const selected = useView((state) => state.nodes);
    const catalogue = useHost((state) => state.catalogue);
    const [nodes, setNodes] = useState<CardNode[]>([]);
    useEffect(() => setNodes((old) => synced(old, graph, selected, (name) => nodeHeight(graph, catalogue, name))), [graph, selected, catalogue]);
    const change = useCallback((changes: NodeChange<CardNode>[]) => {
        const chosen = changes.filter((each) => each.type === 'select');
        if (chosen.length > 0) {
            const now = new Set(useView.getState().nodes);
            for (const each of chosen) each.selected ? now.add(each.id) : now.delete(each.id);
            useView.setState({ nodes: now });
        }
        // Moves by the keyboard end at once; those by the mouse end with onNodeDragStop.
        const moved = changes.filter((each) => each.type === 'position' && each.dragging === false && each.position);
        setNodes((old) => applyNodeChanges(changes.filter((each) => each.type === 'dimensions' || each.type === 'position'), old));
        if (moved.length > 0) {
            const places = new Map<string, Position>();
            for (const each of moved) if (each.type === 'position' && each.position) places.set(each.id, [each.position.x, each.position.y]);
            commitMoves(places);
        }
    }, []);
    return [nodes, change];
}

/** Puts nodes where they were dragged: one action. */
export function commitMoves(places: ReadonlyMap<string, Position>): void {
    useDocument.getState().change((graph) => {
        const really = [...places].filter(([name, [x, y]]) => {
            const [oldX, oldY] = graph.layout?.get(name) ?? [0, 0];
            return graph.nodes.has(name) && (oldX !== Math.round(x / snap) * snap || oldY !== Math.round(y / snap) * snap);
        });
        return really.length === 0 ? graph : move(graph, new Map(really));
    }, `move:${[...places.keys()].join()}`);
}

/** The edges for the canvas library. */
export function useFlowEdges(): WireEdge[] {
    const graph = useDocument((state) => state.graph)!;
    const selected = useView((state) => state.edges);
    const catalogue = useHost((state) => state.catalogue);
    return useMemo(() => {
        const isDrawn = (name: string, port: string, isOutput: boolean) => {
            const node = graph.nodes.get(name)!;
            const component = catalogue.get(node.component);
            if (!component) return true;
            if (!isOutput) return component.inputs.some((each) => each.name === port);
            return port === errorPort || outputsOf(component, node).some((each) => each.name === port);
        };
        return flowEdges(graph, selected, isDrawn);
    }, [graph, selected, catalogue]);
}

/** Where the nodes stand. */
export function useObstacleBoxes() {
    const graph = useDocument((state) => state.graph)!;
    const catalogue = useHost((state) => state.catalogue);
    return useMemo(
        () =>
            new Map(
                [...graph.nodes.keys()].map((name) => {
                    const [x, y] = graph.layout?.get(name) ?? [0, 0];
                    return [name, { x, y, width: nodeWidth, height: nodeHeight(graph, catalogue, name) }];
                }),
            ),
        [graph, catalogue],
    );
}

/** How many problems each node has. */
export function useProblemCounts(): ReadonlyMap<string, number> {
    const problems = useProblems();
    return useMemo(() => {
        const counts = new Map<string, number>();
        for (const { place } of problems) if (place.node) counts.set(place.node, (counts.get(place.node) ?? 0) + 1);
        return counts;
    }, [problems]);
}
