// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { MiniMap, Panel, useReactFlow, useStore } from '@xyflow/react';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { IconButton } from '../ui/controls.tsx';
import { fitOptions } from './reveal.ts';

function Zoom() {
    const flow = useReactFlow();
    const percent = useStore((state) => Math.round(state.transform[2] * 100));
    return (
        <div className="zoom" role="group" aria-label="Zoom">
            <IconButton icon="minus" label="Zoom out" size={15} onClick={() => void flow.zoomOut()} />
            <button type="button" className="zoom-level mono" title="Zoom to 100 %" onClick={() => void flow.zoomTo(1)}>
                {percent}%
            </button>
            <IconButton icon="plus" label="Zoom in" size={15} onClick={() => void flow.zoomIn()} />
            <IconButton icon="fit" label="Fit to window (F)" size={15} onClick={() => void flow.fitView(fitOptions())} />
        </div>
    );
}

/** The map and the zoom at the bottom left of the canvas. */
export function CanvasTools() {
    const catalogue = useHost((state) => state.catalogue);
    const nodes = useDocument((state) => state.graph?.nodes);
    const count = nodes?.size ?? 0;
    return (
        <Panel position="bottom-left" className="canvas-tools">
            {count > 0 && (
                <MiniMap
                    className="minimap"
                    pannable
                    zoomable
                    ariaLabel="Map of the graph"
                    nodeBorderRadius={12}
                    nodeClassName={(node) => `category-${catalogue.get(nodes?.get(node.id)?.component ?? '')?.category ?? 'unknown'}`}
                />
            )}
            <Zoom />
        </Panel>
    );
}
