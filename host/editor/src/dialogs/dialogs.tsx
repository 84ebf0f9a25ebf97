// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useView } from '../state/view.ts';
import { AddDialog } from './add_dialog.tsx';
import { CommandsDialog } from './commands_dialog.tsx';
import { ConflictDialog } from './conflict_dialog.tsx';
import { DeployDialog } from './deploy_dialog.tsx';
import { HelpDialog } from './help_dialog.tsx';
import { RevisionsDialog } from './revisions_dialog.tsx';
import { SettingsDialog } from './settings_dialog.tsx';
import { WireDialog } from './wire_dialog.tsx';

/** The dialog that the view asks for. */
export function Dialogs() {
    const dialog = useView((state) => state.dialog);
    const close = () => useView.getState().show(null);
    switch (dialog?.kind) {
        case 'help':
            return <HelpDialog close={close} />;
        case 'commands':
            return <CommandsDialog close={close} />;
        case 'add':
            return <AddDialog at={dialog.at} from={dialog.from} splice={dialog.splice} close={close} />;
        case 'wire':
            return <WireDialog node={dialog.node} close={close} />;
        case 'deploy':
            return <DeployDialog close={close} />;
        case 'conflict':
            return <ConflictDialog theirs={dialog.theirs} close={close} />;
        case 'settings':
            return <SettingsDialog close={close} />;
        case 'revisions':
            return <RevisionsDialog close={close} />;
        default:
            return null;
    }
}
