// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { removeChosen } from '../canvas/clipboard.ts';
import { useLive } from '../live/store.ts';
import { titleOf } from '../model/component.ts';
import { exact } from '../model/format.ts';
import { endpoint } from '../model/graph.ts';
import { inFlowOrder } from '../model/topology.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useProblems } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { Button, Tile } from '../ui/controls.tsx';

function Counts({ name }: { name: string }) {
    const live = useLive(`n:${name}`);
    return <>{live ? `${exact(live.received)} in, ${exact(live.sent)} out${live.failed > 0 ? `, ${exact(live.failed)} failed` : ''}` : 'not running'}</>;
}

/** The graph as a list: everything that the canvas shows, in words, for who does not see it. */
export function OutlinePanel() {
    const graph = useDocument((state) => state.graph)!;
    const catalogue = useHost((state) => state.catalogue);
    const selected = useView((state) => state.nodes);
    const problems = useProblems();
    return (
        <table className="rows outline" data-testid="outline">
            <caption className="sr">Nodes of {graph.name} in the order of the flow</caption>
            <thead>
                <tr>
                    <th>Node</th>
                    <th>Component</th>
                    <th>Leads to</th>
                    <th>Packets</th>
                    <th>Problems</th>
                    <th>Actions</th>
                </tr>
            </thead>
            <tbody>
                {inFlowOrder(graph).map((name) => {
                    const node = graph.nodes.get(name)!;
                    const out = graph.edges.filter((edge) => endpoint(edge.from).node === name);
                    const wrong = problems.filter((each) => each.place.node === name);
                    return (
                        <tr key={name} aria-selected={selected.has(name)}>
                            <td>
                                <button
                                    type="button"
                                    className="row-button with-tile"
                                    onClick={() => {
                                        useView.getState().select([name]);
                                        useView.setState({ reveal: { node: name, time: Date.now() } });
                                    }}
                                >
                                    <Tile category={catalogue.get(node.component)?.category} size={20} />
                                    {node.title ?? titleOf(name)}
                                </button>
                            </td>
                            <td className="mono">{node.component}</td>
                            <td className="mono">{out.map((edge) => `${endpoint(edge.from).port} → ${edge.to}`).join(', ') || 'nothing'}</td>
                            <td className="mono">
                                <Counts name={name} />
                            </td>
                            <td>{wrong.length === 0 ? 'none' : wrong.map((each) => `${each.place.field ?? ''} ${each.message}`.trim()).join('; ')}</td>
                            <td className="row-actions">
                                <Button tone="quiet" onClick={() => useView.getState().show({ kind: 'wire', node: name })} aria-label={`Connect ${name} to another node`}>
                                    Connect
                                </Button>
                                <Button
                                    tone="quiet"
                                    aria-label={`Delete ${name}`}
                                    onClick={() => {
                                        useView.getState().select([name]);
                                        removeChosen();
                                    }}
                                >
                                    Delete
                                </Button>
                            </td>
                        </tr>
                    );
                })}
            </tbody>
        </table>
    );
}
