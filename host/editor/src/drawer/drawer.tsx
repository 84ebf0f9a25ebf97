// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Suspense, type ReactNode } from 'react';
import { useLive } from '../live/store.ts';
import { useLog } from '../live/log.ts';
import { useTap } from '../live/tap.ts';
import { counted, exact } from '../model/format.ts';
import { runsIt } from '../model/hosts.ts';
import { DeadPanel, HostsPanel, LanesPanel, LogPanel, OutlinePanel, SendPanel, TapPanel } from '../parts/lazy.ts';
import { revisionOf, useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useHosts } from '../state/hosts.ts';
import { useProblems } from '../state/problems.ts';
import { useSettings } from '../state/settings.ts';
import { toggleDrawer, useView, type DrawerTab } from '../state/view.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Resizer } from '../ui/resizer.tsx';
import { Lanes } from './lanes.tsx';
import { ProblemsPanel } from './problems_panel.tsx';

const panels: Partial<Record<DrawerTab, { label: string; panel: () => ReactNode }>> = {
    problems: { label: 'Problems', panel: () => <ProblemsPanel /> },
    tap: { label: 'Tap', panel: () => <TapPanel /> },
    send: { label: 'Send', panel: () => <SendPanel /> },
    dead: { label: 'Dead letters', panel: () => <DeadPanel /> },
    outline: { label: 'List', panel: () => <OutlinePanel /> },
    lanes: { label: 'Lanes', panel: () => <LanesPanel /> },
    hosts: { label: 'Hosts', panel: () => <HostsPanel /> },
    log: { label: 'Log', panel: () => <LogPanel /> },
};

/** What opens above the bottom bar. */
export function Drawer() {
    const open = useView((state) => state.drawer);
    const { drawerHeight, resize } = useSettings();
    const shown = open && panels[open];
    if (!shown) return null;
    return (
        <section className="drawer" style={{ height: drawerHeight }} aria-label={shown.label} id="drawer">
            <Resizer label="Height of the drawer" axis="y" size={drawerHeight} least={96} most={560} grow={-1} set={(size) => resize('drawerHeight', size)} />
            <div className="drawer-body">
                <Suspense>{shown.panel()}</Suspense>
            </div>
        </section>
    );
}

function BarTab({ tab, icon, label, count, tone }: { tab: DrawerTab; icon: IconName; label: string; count?: string | undefined; tone?: string | undefined }) {
    const open = useView((state) => state.drawer === tab);
    return (
        <button
            type="button"
            className={`bar-tab ${tone ?? ''}`}
            aria-expanded={open}
            aria-controls={open ? 'drawer' : undefined}
            data-testid={`drawer-${tab}`}
            onClick={() => toggleDrawer(tab)}
        >
            <Icon name={icon} size={14} />
            {label}
            {count !== undefined && <span className="bar-count mono">{count}</span>}
        </button>
    );
}

/** How many of the hosts run the version that is kept, where there are several. */
function HostsTab() {
    const hosts = useHosts((state) => state.hosts);
    const kept = useDocument((state) => state.kept);
    if (hosts.length === 0 || !kept) return null;
    const running = hosts.filter((each) => runsIt(each, kept.graph.name, revisionOf(kept.etag))).length;
    return <BarTab tab="hosts" icon="link" label="Hosts" count={`${running}/${hosts.length}`} tone={running < hosts.length ? 'warn' : ''} />;
}

/** The last line of the page: what can be opened, and how the graph and the connection are. */
export function BottomBar() {
    const problems = useProblems();
    const graph = useDocument((state) => state.graph)!;
    const connection = useHost((state) => state.connection);
    const features = useHost((state) => state.features);
    const tapped = useTap((state) => state.edge !== null);
    const live = useLive('graph');
    const unseen = useLog((state) => state.unseen);
    const words = { live: 'Live', lost: 'Host is away', connecting: 'Connecting' } as const;
    return (
        <footer className="bottom-bar">
            <BarTab tab="problems" icon={problems.length > 0 ? 'error' : 'check'} label="Problems" count={String(problems.length)} tone={problems.length > 0 ? 'bad' : ''} />
            {features.live && <BarTab tab="tap" icon="eye" label="Tap" tone={tapped ? 'tapping' : ''} />}
            <BarTab tab="send" icon="send" label="Send" />
            <BarTab tab="dead" icon="inbox" label="Dead letters" count={live && live.dead > 0 ? exact(live.dead) : undefined} tone={live && live.dead > 0 ? 'warn' : ''} />
            <BarTab tab="outline" icon="list" label="List" />
            {features.live && <BarTab tab="log" icon="log" label="Log" count={unseen > 0 ? exact(unseen) : undefined} />}
            <HostsTab />
            <span className="grow" />
            <Lanes />
            <span>{counted(graph.nodes.size, 'node')}</span>
            <span>{counted(graph.edges.length, 'edge')}</span>
            <span className={`connection ${connection}`} role="status" data-testid="connection">
                <i />
                {words[connection]}
            </span>
        </footer>
    );
}
