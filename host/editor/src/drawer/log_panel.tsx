// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect } from 'react';
import { useLog } from '../live/log.ts';
import { clockTime } from '../model/format.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';

/** What the host said of this graph since the page was opened. */
export function LogPanel() {
    const { lines } = useLog();
    const nodes = useDocument((state) => state.graph?.nodes);
    useEffect(() => useLog.setState({ unseen: 0 }), [lines]);
    if (lines.length === 0) return <p className="drawer-empty">Nothing was said since the page was opened.</p>;
    return (
        <table className="rows" data-testid="log">
            <thead>
                <tr>
                    <th>Time</th>
                    <th>Level</th>
                    <th>Node</th>
                    <th>Message</th>
                </tr>
            </thead>
            <tbody>
                {lines.map(({ id, ts, level, node, message }) => (
                    <tr key={id}>
                        <td>{clockTime(ts)}</td>
                        <td className={`level ${level}`}>{level}</td>
                        <td>
                            {node && nodes?.get(node) ? (
                                <button type="button" className="linklike" onClick={() => (useView.getState().select([node]), useView.setState({ reveal: { node, time: Date.now() } }))}>
                                    {node}
                                </button>
                            ) : (
                                node
                            )}
                        </td>
                        <td className="payload">{message}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}
