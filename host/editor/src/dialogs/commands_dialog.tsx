// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useReactFlow } from '@xyflow/react';
import { commands } from '../shell/commands.ts';
import { titleOf } from '../model/component.ts';
import { edgeId } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';
import { Chooser, type Choice } from '../ui/chooser.tsx';
import { Tile } from '../ui/controls.tsx';

/** Everything that can be done, and every node and edge, by typing. */
export function CommandsDialog({ close }: { close: () => void }) {
    const graph = useDocument((state) => state.graph);
    const catalogue = useHost((state) => state.catalogue);
    const flow = useReactFlow();
    const actions = commands(flow).map(
        (command): Choice => ({
            key: command.label,
            label: command.label,
            ...(command.keys ? { keys: command.keys } : {}),
            disabled: command.disabled ?? false,
            act: command.act,
        }),
    );
    const nodes = [...(graph?.nodes ?? [])].map(
        ([name, node]): Choice => ({
            key: `node-${name}`,
            label: `Go to ${node.title ?? titleOf(name)}`,
            detail: `${name} · ${node.component}`,
            glyph: <Tile category={catalogue.get(node.component)?.category} size={20} />,
            act: () => {
                useView.getState().select([name]);
                useView.setState({ reveal: { node: name, time: Date.now() } });
            },
        }),
    );
    const edges = (graph?.edges ?? []).map((edge): Choice => {
        const id = edgeId(edge);
        return {
            key: `edge-${id}`,
            label: `Go to ${edge.from} → ${edge.to}`,
            detail: 'edge',
            act: () => {
                useView.getState().select([], [id]);
                useView.setState({ reveal: { edge: id, time: Date.now() } });
            },
        };
    });
    return <Chooser label="Commands" placeholder="What do you want to do?" choices={[...actions, ...nodes, ...edges]} close={close} />;
}
