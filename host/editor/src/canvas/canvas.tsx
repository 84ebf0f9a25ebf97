// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import {
    Background,
    BackgroundVariant,
    ConnectionMode,
    ReactFlow,
    SelectionMode,
    applyNodeChanges,
    useReactFlow,
    type EdgeChange,
    type NodeChange,
    type OnConnectEnd,
} from '@xyflow/react';
import { useCallback, useEffect, useMemo, useRef, useState, type DragEvent, type MouseEvent } from 'react';
import { nodeHeight, nodeWidth } from '../layout/size.ts';
import { errorPort, outputsOf } from '../model/component.ts';
import { move, snap } from '../model/edit.ts';
import type { Position } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useProblems } from '../state/problems.ts';
import { useSettings } from '../state/settings.ts';
import { useView } from '../state/view.ts';
import { addComponent } from './add.ts';
import { CanvasTools } from './canvas_tools.tsx';
import { Card } from './card.tsx';
import { openMenu, type Target } from './context_menu.ts';
import { flowEdges, type WireEdge } from './flow_edges.ts';
import { synced, type CardNode } from './flow_nodes.ts';
import { portOf } from './handles.ts';
import { Obstacles } from './obstacles.ts';
import { ProblemNodes } from './problem_nodes.ts';
import { useReveal } from './reveal.ts';
import { Wire } from './wire.tsx';
import { addConnection } from './wiring.ts';

const nodeTypes = { card: Card };
const edgeTypes = { wire: Wire };
const virtualFrom = 60;
export const dragType = 'application/x-penstock-component';

/** The edge under a point of the window, if any. */
function edgeAt(x: number, y: number): string | undefined {
    for (const element of document.elementsFromPoint(x, y)) {
        const edge = element.closest('.react-flow__edge');
        if (edge) return edge.getAttribute('data-id') ?? undefined;
    }
    return undefined;
}

function useFlowNodes(): [CardNode[], (changes: NodeChange<CardNode>[]) => void] {
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
            const places: Record<string, Position> = {};
            for (const each of moved) if (each.type === 'position' && each.position) places[each.id] = [each.position.x, each.position.y];
            commitMoves(places);
        }
    }, []);
    return [nodes, change];
}

function commitMoves(places: Record<string, Position>): void {
    useDocument.getState().change((graph) => {
        const really = Object.entries(places).filter(([name, [x, y]]) => {
            const [oldX, oldY] = graph.layout?.[name] ?? [0, 0];
            return graph.nodes[name] && (oldX !== Math.round(x / snap) * snap || oldY !== Math.round(y / snap) * snap);
        });
        return really.length === 0 ? graph : move(graph, Object.fromEntries(really));
    }, `move:${Object.keys(places).join()}`);
}

function useFlowEdges(): WireEdge[] {
    const graph = useDocument((state) => state.graph)!;
    const selected = useView((state) => state.edges);
    const catalogue = useHost((state) => state.catalogue);
    return useMemo(() => {
        const isDrawn = (name: string, port: string, isOutput: boolean) => {
            const node = graph.nodes[name]!;
            const component = catalogue.get(node.component);
            if (!component) return true;
            if (!isOutput) return component.inputs.some((each) => each.name === port);
            return port === errorPort || outputsOf(component, node).some((each) => each.name === port);
        };
        return flowEdges(graph, selected, isDrawn);
    }, [graph, selected, catalogue]);
}

function useObstacleBoxes() {
    const graph = useDocument((state) => state.graph)!;
    const catalogue = useHost((state) => state.catalogue);
    return useMemo(
        () =>
            new Map(
                Object.keys(graph.nodes).map((name) => {
                    const [x, y] = graph.layout?.[name] ?? [0, 0];
                    return [name, { x, y, width: nodeWidth, height: nodeHeight(graph, catalogue, name) }];
                }),
            ),
        [graph, catalogue],
    );
}

function useProblemCounts(): ReadonlyMap<string, number> {
    const problems = useProblems();
    return useMemo(() => {
        const counts = new Map<string, number>();
        for (const { place } of problems) if (place.node) counts.set(place.node, (counts.get(place.node) ?? 0) + 1);
        return counts;
    }, [problems]);
}

/** The graph, to be drawn on. */
export function Canvas() {
    const flow = useReactFlow();
    const [nodes, changeNodes] = useFlowNodes();
    const edges = useFlowEdges();
    const obstacles = useObstacleBoxes();
    const problems = useProblemCounts();
    const theme = useSettings((state) => state.theme);
    const frame = useRef<HTMLDivElement>(null);
    useReveal(frame);

    const changeEdges = useCallback((changes: EdgeChange<WireEdge>[]) => {
        const chosen = changes.filter((each) => each.type === 'select');
        if (chosen.length === 0) return;
        const now = new Set(useView.getState().edges);
        for (const each of chosen) each.selected ? now.add(each.id) : now.delete(each.id);
        useView.setState({ edges: now });
    }, []);

    const connectEnd: OnConnectEnd = useCallback(
        (event, state) => {
            if (state.isValid || state.toNode || !state.fromHandle || state.fromHandle.type !== 'source') return;
            const point = 'changedTouches' in event ? event.changedTouches[0]! : event;
            const at = flow.screenToFlowPosition({ x: point.clientX, y: point.clientY });
            useView.getState().show({ kind: 'add', at, from: `${state.fromHandle.nodeId}.${portOf(state.fromHandle.id)}` });
        },
        [flow],
    );

    const drop = (event: DragEvent) => {
        const id = event.dataTransfer.getData(dragType);
        if (!id) return;
        event.preventDefault();
        const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY });
        addComponent(id, { at: [x - nodeWidth / 2, y - 22], into: edgeAt(event.clientX, event.clientY) });
    };

    const menu = (target: Target) => (event: MouseEvent | globalThis.MouseEvent) => {
        event.preventDefault();
        openMenu(target, event.clientX, event.clientY, flow.screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    };

    return (
        <div
            className="canvas"
            ref={frame}
            data-testid="canvas"
            onDragOver={(event) => {
                event.preventDefault();
                event.dataTransfer.dropEffect = 'copy';
            }}
            onDrop={drop}
        >
            <ProblemNodes.Provider value={problems}>
                <Obstacles.Provider value={obstacles}>
                    <ReactFlow<CardNode, WireEdge>
                        nodes={nodes}
                        edges={edges}
                        nodeTypes={nodeTypes}
                        edgeTypes={edgeTypes}
                        onNodesChange={changeNodes}
                        onEdgesChange={changeEdges}
                        onConnect={addConnection}
                        onConnectEnd={connectEnd}
                        onNodeDragStop={(_, __, dragged) =>
                            commitMoves(Object.fromEntries(dragged.map((node) => [node.id, [node.position.x, node.position.y] as Position])))
                        }
                        onPaneClick={() => useView.getState().select([])}
                        onNodeContextMenu={(event, node) => menu({ node: node.id })(event)}
                        onEdgeContextMenu={(event, edge) => menu({ edge: edge.id })(event)}
                        onPaneContextMenu={(event) => menu(null)(event)}
                        connectionMode={ConnectionMode.Strict}
                        connectOnClick
                        connectionRadius={26}
                        snapToGrid
                        snapGrid={[snap, snap]}
                        minZoom={0.08}
                        maxZoom={2}
                        panOnScroll
                        panOnDrag={[1, 2]}
                        selectionOnDrag
                        selectionMode={SelectionMode.Partial}
                        zoomOnDoubleClick={false}
                        onlyRenderVisibleElements={nodes.length > virtualFrom}
                        deleteKeyCode={null}
                        multiSelectionKeyCode="Shift"
                        selectNodesOnDrag={false}
                        nodesFocusable
                        edgesFocusable
                        colorMode={theme}
                        proOptions={{ hideAttribution: true }}
                        aria-label="Graph"
                    >
                        <Background variant={BackgroundVariant.Dots} gap={24} size={1.3} />
                        <CanvasTools />
                    </ReactFlow>
                </Obstacles.Provider>
            </ProblemNodes.Provider>
        </div>
    );
}
