// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Adding nodes: at a place, into an edge, or behind an output.
import { errorPort, outputsOf } from '../model/component.ts';
import { addNode, connect, splice } from '../model/edit.ts';
import type { Position } from '../model/graph.ts';
import { nodeHeight, nodeWidth } from '../layout/size.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';

export interface Placement {
    at: Position;
    /** An output that is wired to the new node, `node.port`. */
    from?: string | undefined;
    /** The id of an edge that the new node is put into. */
    into?: string | undefined;
}

/** Moves a place down until no node stands there. */
function freePlace([x, y]: Position): Position {
    const { graph } = useDocument.getState();
    const { catalogue } = useHost.getState();
    const boxes = [...(graph?.nodes.keys() ?? [])].map((name) => {
        const [left, top] = graph!.layout?.get(name) ?? [0, 0];
        return { left, top, height: nodeHeight(graph!, catalogue, name) };
    });
    for (let tries = 0; tries < 200; ++tries) {
        const hit = boxes.find((box) => Math.abs(box.left - x) < nodeWidth && y < box.top + box.height && y + 80 > box.top);
        if (!hit) break;
        y = hit.top + hit.height + 24;
    }
    return [x, y];
}

/** Adds a node of a component and selects it; returns its name. */
export function addComponent(id: string, { at, from, into }: Placement): string {
    const component = useHost.getState().catalogue.get(id);
    let name = '';
    useDocument.getState().change((graph) => {
        const added = addNode(graph, id, into ? at : freePlace(at));
        name = added.name;
        const input = component?.inputs[0]?.name;
        const output = component && outputsOf(component, added.graph.nodes.get(name)!).find((port) => port.name !== errorPort)?.name;
        if (into && input && output) return splice(added.graph, into, name, input, output);
        if (from && input) return connect(added.graph, from, `${name}.${input}`);
        return added.graph;
    });
    useView.getState().select([name]);
    useView.setState({ inspector: 'params', reveal: { node: name, time: Date.now() } });
    return name;
}
