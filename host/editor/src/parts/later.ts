// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What is not seen when the page opens: one file of its own, which follows when the page has come to rest.
export { ConflictDialog } from '../dialogs/conflict_dialog.tsx';
export { DeployDialog } from '../dialogs/deploy_dialog.tsx';
export { HelpDialog } from '../dialogs/help_dialog.tsx';
export { RevisionsDialog } from '../dialogs/revisions_dialog.tsx';
export { SettingsDialog } from '../dialogs/settings_dialog.tsx';
export { StopDialog } from '../dialogs/stop_dialog.tsx';
export { DeadPanel } from '../drawer/dead_panel.tsx';
export { HostsPanel } from '../drawer/hosts_panel.tsx';
export { LanesPanel } from '../drawer/lanes_panel.tsx';
export { LogPanel } from '../drawer/log_panel.tsx';
export { OutlinePanel } from '../drawer/outline_panel.tsx';
export { SendPanel } from '../drawer/send_panel.tsx';
export { TapPanel } from '../drawer/tap_panel.tsx';
export { DocsTab } from '../inspector/docs_tab.tsx';
export { PortsTab } from '../inspector/ports_tab.tsx';
export { TryTab } from '../inspector/try_tab.tsx';
