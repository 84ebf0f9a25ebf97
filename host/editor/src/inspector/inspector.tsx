// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Suspense } from 'react';
import { endpoint, edgeId } from '../model/graph.ts';
import { titleOf } from '../model/component.ts';
import { DocsTab, PortsTab, TryTab } from '../parts/lazy.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useProblems } from '../state/problems.ts';
import { useSettings } from '../state/settings.ts';
import { useView, type InspectorTab } from '../state/view.ts';
import { IconButton, Tabs, Tile, type Tab } from '../ui/controls.tsx';
import { Resizer } from '../ui/resizer.tsx';
import { EdgePanel } from './edge_panel.tsx';
import { LiveTab } from './live_tab.tsx';
import { ManyPanel } from './many_panel.tsx';
import { ParamsTab } from './params_tab.tsx';

function NodePanel({ name }: { name: string }) {
    const node = useDocument((state) => state.graph?.nodes.get(name));
    const component = useHost((state) => state.catalogue.get(node?.component ?? ''));
    const tries = useHost((state) => state.features.tries);
    const problems = useProblems().filter((each) => each.place.node === name);
    const chosen = useView((state) => state.inspector);
    if (!node) return null;
    const isParam = (pointer: string) => pointer.includes('/params/');
    const tabs: Tab<InspectorTab>[] = [
        { name: 'params', label: 'Params', marked: problems.some((each) => isParam(each.pointer)) },
        { name: 'ports', label: 'Ports', marked: problems.some((each) => !isParam(each.pointer)) },
        { name: 'live', label: 'Live' },
        { name: 'docs', label: 'Docs' },
        ...(tries ? [{ name: 'try' as const, label: 'Try' }] : []),
    ];
    const tab = tabs.some((each) => each.name === chosen) ? chosen : 'params';
    return (
        <>
            <header className="inspector-head">
                <Tile category={component?.category} size={30} />
                <div>
                    <h2>{node.title ?? titleOf(name)}</h2>
                    <p className="mono">
                        {node.component} · {name}
                    </p>
                </div>
                <IconButton icon="close" label="Close (Esc)" size={15} onClick={() => useView.getState().select([])} />
            </header>
            <Tabs tabs={tabs} chosen={tab} choose={(next) => useView.setState({ inspector: next })} label="About this node" id="inspector" />
            <div className="inspector-body" role="tabpanel" id="inspector-panel" aria-labelledby={`inspector-tab-${tab}`} tabIndex={-1}>
                <Suspense>
                {tab === 'params' && <ParamsTab name={name} node={node} component={component} problems={problems} />}
                {tab === 'ports' && <PortsTab name={name} node={node} component={component} problems={problems} />}
                {tab === 'live' && <LiveTab name={name} />}
                {tab === 'docs' && <DocsTab component={component} id={node.component} />}
                {tab === 'try' && component && <TryTab key={name} name={name} node={node} component={component} />}
                </Suspense>
            </div>
        </>
    );
}

/** What is known of the selection; floats over the canvas, and only with a selection. */
export function Inspector() {
    const nodes = useView((state) => state.nodes);
    const edges = useView((state) => state.edges);
    const graph = useDocument((state) => state.graph);
    const { inspectorWidth, resize } = useSettings();
    if (!graph) return null;
    const names = [...nodes].filter((name) => graph.nodes.get(name));
    const ids = [...edges].filter((id) => graph.edges.some((edge) => edgeId(edge) === id));
    if (names.length + ids.length === 0) return null;
    const edge = ids.length === 1 && names.length === 0 ? graph.edges.find((each) => edgeId(each) === ids[0]) : undefined;
    return (
        <aside className="inspector" style={{ width: inspectorWidth }} aria-label="Inspector" data-testid="inspector">
            <Resizer label="Width of the inspector" axis="x" size={inspectorWidth} least={260} most={560} grow={-1} set={(size) => resize('inspectorWidth', size)} />
            {names.length === 1 && ids.length === 0 ? (
                <NodePanel name={names[0]!} />
            ) : edge ? (
                <EdgePanel edge={edge} id={ids[0]!} from={endpoint(edge.from)} to={endpoint(edge.to)} />
            ) : (
                <ManyPanel names={names} edges={ids} />
            )}
        </aside>
    );
}
