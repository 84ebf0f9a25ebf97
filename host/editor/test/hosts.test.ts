// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { HostEntry, Rollout } from '../src/api/hosts.ts';
import { fareOf, outcomeOf, runsIt } from '../src/model/hosts.ts';

const host = (more: Partial<HostEntry>): HostEntry => ({ number: 2, address: 'http://b:80', own: false, problem: null, graphs: [], ...more });
const graph = (state: string, deployed: string | null) => ({ name: 'g', title: '', state, revision: 'r2', deployed_revision: deployed });

test('a host runs this version, another one, or none, or is away', () => {
    const words = (entry: HostEntry) => fareOf(entry, 'g', 'r2').words;
    assert.equal(words(host({ graphs: [graph('running', 'r2')] })), 'runs this version');
    assert.equal(words(host({ graphs: [graph('running', 'r1')] })), 'runs another version');
    assert.equal(words(host({ graphs: [graph('stopped', 'r2')] })), 'stopped');
    assert.equal(words(host({})), 'not there');
    assert.equal(words(host({ problem: 'does not answer' })), 'away: does not answer');
    assert.equal(runsIt(host({ graphs: [graph('running', 'r2')] }), 'g', 'r2'), true);
    assert.equal(runsIt(host({ graphs: [graph('stopped', 'r2')] }), 'g', 'r2'), false);
});

test('what became of a rollout names the host that is the reason', () => {
    const entry = { number: 1, address: '', own: true, step: 'unchanged' as const, before: '', problems: [] };
    const why = { ...entry, number: 2, problems: [{ pointer: '/nodes/a', message: 'unknown component', expected: 'one was expected' }] };
    const rollout: Rollout = { graph: 'g', action: 'deploy', revision: 'r', outcome: 'unchanged', problems: [], hosts: [entry, why] };
    assert.equal(outcomeOf(rollout), 'Not deployed; no host was changed. Host 2: /nodes/a: unknown component; one was expected');
    assert.equal(outcomeOf({ ...rollout, outcome: 'deployed', hosts: [entry, entry] }), 'Deployed: it runs on 2 hosts');
    assert.equal(outcomeOf({ ...rollout, action: 'stop', outcome: 'stuck', hosts: [entry] }), 'Not stopped on all hosts.');
});
