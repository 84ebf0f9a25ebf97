// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { Dialog } from '../ui/dialog.tsx';

const groups: [string, [string, string][]][] = [
    [
        'Draw',
        [
            ['/', 'search the components; Enter adds the first'],
            ['A', 'add a node by name'],
            ['C', 'connect the selected node'],
            ['E', 'edit its parameters'],
            ['Tab, Enter', 'go through nodes, select'],
            ['Arrows', 'move the selection; Shift: further'],
            ['Delete', 'delete'],
            ['Shift L', 'arrange'],
        ],
    ],
    [
        'Edit',
        [
            ['Ctrl Z, Ctrl Shift Z', 'undo, redo'],
            ['Ctrl C, X, V, D', 'copy, cut, paste, duplicate'],
            ['Ctrl A, Esc', 'select all, nothing'],
            ['Ctrl S', 'save'],
            ['Ctrl Enter', 'deploy'],
        ],
    ],
    [
        'Look',
        [
            ['Ctrl K', 'commands, and every node and edge by name'],
            ['F', 'fit to window'],
            ['↑ ↓', 'among the components of a category'],
            ['T', 'tap the selected edge'],
            ['1 … 7', 'problems, tap, send, dead letters, list, lanes, log'],
            ['?', 'this'],
        ],
    ],
];

/** The keys. */
export function HelpDialog({ close }: { close: () => void }) {
    return (
        <Dialog title="Keys" close={close} size="wide">
            <div className="help">
                {groups.map(([title, keys]) => (
                    <section key={title}>
                        <h3>{title}</h3>
                        <dl>
                            {keys.map(([key, does]) => (
                                <div key={key}>
                                    <dt>
                                        <kbd>{key}</kbd>
                                    </dt>
                                    <dd>{does}</dd>
                                </div>
                            ))}
                        </dl>
                    </section>
                ))}
            </div>
            <p className="field-help">The mouse: drag from the palette, drag from port to port, drag a box to select, right-click for more. The wheel moves the canvas, with Ctrl it zooms.</p>
        </Dialog>
    );
}
