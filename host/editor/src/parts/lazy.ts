// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { lazy } from 'react';

type Later = typeof import('./later.ts');

const load = () => import('./later.ts');

/** Stands for a part until it is there; wants a Suspense around it. */
function part<Name extends keyof Later>(name: Name): Later[Name] {
    return lazy(() => load().then((all) => ({ default: all[name] as never }))) as unknown as Later[Name];
}

export const ConflictDialog = part('ConflictDialog');
export const DeployDialog = part('DeployDialog');
export const HelpDialog = part('HelpDialog');
export const RevisionsDialog = part('RevisionsDialog');
export const SettingsDialog = part('SettingsDialog');
export const StopDialog = part('StopDialog');
export const DeadPanel = part('DeadPanel');
export const HostsPanel = part('HostsPanel');
export const LanesPanel = part('LanesPanel');
export const LogPanel = part('LogPanel');
export const OutlinePanel = part('OutlinePanel');
export const SendPanel = part('SendPanel');
export const TapPanel = part('TapPanel');
export const DocsTab = part('DocsTab');
export const PortsTab = part('PortsTab');
export const TryTab = part('TryTab');

/** Fetches the parts before they are asked for, so that they are there when the host is not. */
export function loadParts(): void {
    const soon = window.requestIdleCallback ?? ((act: () => void) => setTimeout(act, 500));
    soon(() => void load().catch(() => {})); // Asked for again with the first use.
}
