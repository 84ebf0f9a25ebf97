// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { Change } from '../model/diff.ts';

const signs = { added: '+', removed: '−', changed: '~' } as const;

/** A list of changes, each with its sign. */
export function Changes({ changes, none }: { changes: Change[]; none: string }) {
    if (changes.length === 0) return <p className="notice">{none}</p>;
    return (
        <ul className="changes">
            {changes.map((change) => (
                <li key={change.kind + change.what} className={change.kind}>
                    <b aria-label={change.kind}>{signs[change.kind]}</b>
                    <span className="mono">{change.what}</span>
                    {change.detail && <span className="change-detail">{change.detail}</span>}
                </li>
            ))}
        </ul>
    );
}
