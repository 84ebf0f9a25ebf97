// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import {
    Background,
    BackgroundVariant,
    ConnectionMode,
    ReactFlow,
    SelectionMode,
    useReactFlow,
    type EdgeChange,
    type OnConnectEnd,
} from '@xyflow/react';
import { useCallback, useRef, type DragEvent, type MouseEvent } from 'react';
import { nodeWidth } from '../layout/size.ts';
import { snap } from '../model/edit.ts';
import type { Position } from '../model/graph.ts';
import { useSettings } from '../state/settings.ts';
import { useView } from '../state/view.ts';
import { addComponent } from './add.ts';
import { CanvasTools } from './canvas_tools.tsx';
import { Card } from './card.tsx';
import { openMenu, type Target } from './context_menu.ts';
import type { WireEdge } from './flow_edges.ts';
import type { CardNode } from './flow_nodes.ts';
import { portOf } from './handles.ts';
import { nudge } from './nudge.ts';
import { Obstacles } from './obstacles.ts';
import { ProblemNodes } from './problem_nodes.ts';
import { useReveal } from './reveal.ts';
import { commitMoves, useFlowEdges, useFlowNodes, useObstacleBoxes, useProblemCounts } from './use_flow.ts';
import { Wire } from './wire.tsx';
import { addConnection, refuseWire } from './wiring.ts';

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
            if (state.isValid || !state.fromHandle) return;
            if (state.toHandle) return refuseWire(state.fromHandle, state.toHandle);
            if (state.toNode || state.fromHandle.type !== 'source') return;
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
            onKeyDownCapture={nudge}
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
                            commitMoves(new Map(dragged.map((node) => [node.id, [node.position.x, node.position.y] as Position])))
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
                        edgesFocusable={false}
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
