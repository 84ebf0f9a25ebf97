// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Suspense } from 'react';
import { useView } from '../state/view.ts';
import { AddDialog } from './add_dialog.tsx';
import { ConflictDialog, DeployDialog, HelpDialog, RevisionsDialog, SettingsDialog, StopDialog } from '../parts/lazy.ts';
import { CommandsDialog } from './commands_dialog.tsx';
import { WireDialog } from './wire_dialog.tsx';

function Asked() {
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
        case 'stop':
            return <StopDialog close={close} />;
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

/** The dialog that the view asks for. */
export function Dialogs() {
    return (
        <Suspense>
            <Asked />
        </Suspense>
    );
}
