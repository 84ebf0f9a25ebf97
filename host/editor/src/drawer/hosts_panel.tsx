// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { HostEntry, Rollout } from '../api/hosts.ts';
import { exact } from '../model/format.ts';
import { fareOf, nameOf, textOfProblem, wordsOf } from '../model/hosts.ts';
import { revisionOf, useDocument } from '../state/document.ts';
import { goBack, useHosts } from '../state/hosts.ts';
import { Button } from '../ui/controls.tsx';

function Host({ host, name, revision, rollout }: { host: HostEntry; name: string; revision: string; rollout: Rollout | null }) {
    const graph = host.graphs.find((each) => each.name === name);
    const fare = fareOf(host, name, revision);
    const done = rollout?.hosts.find((each) => each.number === host.number);
    return (
        <tr data-testid={`host-${host.number}`} data-step={done?.step}>
            <td>
                {nameOf(host)}
                {host.own && ' (this one)'}
            </td>
            <td>{host.address}</td>
            <td className={`host-fare ${fare.tone}`}>{fare.words}</td>
            <td>{graph?.deployed_revision?.slice(0, 7) ?? ''}</td>
            <td className="number">{graph?.pending ? exact(graph.pending.entries) : ''}</td>
            {rollout && (
                <td className={done && done.problems.length > 0 ? 'host-step bad' : 'host-step'}>
                    {done && wordsOf(done.step)}
                    {done && done.problems.length > 0 && `: ${done.problems.map(textOfProblem).join(' · ')}`}
                </td>
            )}
        </tr>
    );
}

/** The hosts side by side: what each does with the open graph, and what the last rollout did with it. */
export function HostsPanel() {
    const { hosts, rollout } = useHosts();
    const kept = useDocument((state) => state.kept);
    if (!kept) return null;
    const revision = revisionOf(kept.etag);
    const goesOn = rollout !== null && rollout.outcome === null;
    return (
        <>
            <table className="rows hosts-table" data-testid="hosts">
                <caption className="sr">Hosts, and what each does with this graph</caption>
                <thead>
                    <tr>
                        <th>Host</th>
                        <th>Address</th>
                        <th>Graph</th>
                        <th>Runs</th>
                        <th className="number">Pending</th>
                        {rollout && <th>{rollout.action === 'stop' ? 'Stop' : 'Deployment'}</th>}
                    </tr>
                </thead>
                <tbody>
                    {hosts.map((host) => (
                        <Host key={host.number} host={host} name={kept.graph.name} revision={revision} rollout={rollout} />
                    ))}
                </tbody>
            </table>
            {goesOn && rollout.action === 'deploy' && (
                <p className="drawer-note">
                    <Button onClick={() => void goBack()} data-testid="rollout-back">
                        Go back
                    </Button>
                </p>
            )}
        </>
    );
}
