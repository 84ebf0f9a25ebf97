// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { addEdge, inputEnds, outputEnds } from '../canvas/wiring.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';
import { Chooser, type Choice } from '../ui/chooser.tsx';
import { Tile } from '../ui/controls.tsx';

/** Wires a node without a mouse: an output, if there are several, then an input. */
export function WireDialog({ node, close }: { node: string; close: () => void }) {
    const graph = useDocument((state) => state.graph)!;
    const catalogue = useHost((state) => state.catalogue);
    const outputs = outputEnds(graph, catalogue, node);
    const ordinary = outputs.filter((each) => each.port !== 'error');
    const [from, setFrom] = useState<string | null>(outputs.length === 1 ? outputs[0]!.end : null);

    if (from === null) {
        const choices = outputs.map(
            (each): Choice => ({
                key: each.port,
                label: each.port,
                detail: each.port === 'error' && ordinary.length > 0 ? 'packets on which this node failed' : `output of ${node}`,
                act: () => {
                    setFrom(each.end);
                    // The chooser closes itself when it has acted; the second step opens it again.
                    useView.getState().show({ kind: 'wire', node });
                },
            }),
        );
        return <Chooser key="from" label={`Output of ${node}`} placeholder={`From which output of ${node}?`} choices={choices} close={close} empty={`${node} has no outputs.`} />;
    }
    const targets = inputEnds(graph, catalogue, from).map(
        (each): Choice => ({
            key: each.end,
            label: each.end,
            detail: graph.nodes.get(each.node)?.title ?? graph.nodes.get(each.node)?.component ?? '',
            glyph: <Tile category={catalogue.get(graph.nodes.get(each.node)?.component ?? '')?.category} size={22} />,
            act: () => addEdge(from, each.end),
        }),
    );
    const fresh: Choice = {
        key: 'new-node',
        label: 'A new node…',
        detail: 'add one and wire it',
        act: () => useView.getState().show({ kind: 'add', from }),
    };
    return <Chooser key="to" label={`Where ${from} leads`} placeholder={`Where does ${from} lead?`} choices={[...targets, fresh]} close={close} />;
}
