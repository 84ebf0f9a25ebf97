// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Two hosts side by side: what is deployed and stopped from the page of one of them.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { everything, findings } from './access.mjs';
import { select } from './drawing.mjs';
import { gated, line } from './samples.mjs';
import { scenario } from './scenario.mjs';

const pair = process.env.PENSTOCK_GATE ?? 'build/release/fixtures/gate';

const step = (tab, number) => tab.at(`host-${number}`).getAttribute('data-step', { timeout: 1000 }).catch(() => null);
const revisions = (hosts, name) => Promise.all(hosts.map((host) => host.json(`/api/graphs/${name}/state`).then((state) => state.deployed_revision)));

scenario(
    'a graph is deployed to all hosts and stopped on all with the keyboard, and each host shows how it fares',
    async ({ host, beside, open }) => {
        await host.keep(line);
        const tab = await open('#/graphs/line');
        await tab.shows('drawer-hosts', /0\/2/);
        await tab.page.keyboard.press('Control+Enter');
        await tab.shows('deploy-go', /Deploy to 2 hosts/);
        await tab.until(() => tab.hasFocus('deploy-go'), true, 'the button has the focus');
        assert.deepEqual(await findings(tab, everything), [], 'the dialog');
        await tab.page.keyboard.press('Enter');
        for (const number of [1, 2]) await tab.until(() => step(tab, number), 'deployed', `host ${number} runs it`);
        assert.deepEqual([await host.stateOf('line'), await beside.stateOf('line')], ['running', 'running']);
        const [here, there] = await revisions([host, beside], 'line');
        assert.equal(here, there);
        await tab.shows('drawer-hosts', /2\/2/);
        await tab.shows('host-2', /runs this version.*0/);
        assert.deepEqual(await findings(tab, everything), [], 'the hosts');
        await tab.picture('hosts-light');
        await tab.at('stop').focus();
        await tab.page.keyboard.press('Enter');
        await tab.shows('stop-go', /Stop on 2 hosts/);
        await tab.until(() => tab.hasFocus('stop-go'), true, 'the button has the focus');
        await tab.page.keyboard.press('Enter');
        for (const number of [1, 2]) await tab.until(() => step(tab, number), 'stopped', `host ${number} stopped`);
        assert.deepEqual([await host.stateOf('line'), await beside.stateOf('line')], ['stopped', 'stopped']);
    },
    { pair },
);

scenario(
    'a host that lacks a package refuses a graph, says why, and all hosts are as before',
    async ({ host, beside, open }) => {
        const before = { ...line, name: 'gated' };
        await host.deploy(before);
        await beside.deploy(before);
        const running = await revisions([host, beside], 'gated');
        const tab = await open('#/graphs/gated');
        await tab.shows('drawer-hosts', /2\/2/);
        await host.keep(gated('/nowhere'));
        await tab.page.reload();
        await tab.at('node-hold').waitFor();
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'this host would run it');
        await tab.at('deploy').click();
        await tab.at('deploy-go').click();
        await tab.until(() => step(tab, 2), 'refused', 'the other host refuses');
        await tab.shows('host-2', /refused: .*gate\/hold/);
        await tab.until(() => step(tab, 1), 'unchanged', 'this host was not changed');
        await tab.picture('hosts-refused-light');
        assert.deepEqual(await revisions([host, beside], 'gated'), running);
        assert.deepEqual([await host.stateOf('gated'), await beside.stateOf('gated')], ['running', 'running']);
    },
    { pair },
);

scenario(
    'while a host is away nothing is deployed to all, and this host alone can be chosen',
    async ({ host, beside, open }) => {
        await host.deploy(line);
        await beside.deploy(line);
        const running = await revisions([host], 'line');
        const tab = await open('#/graphs/line');
        await tab.shows('drawer-hosts', /2\/2/);
        await beside.kill();
        await tab.at('drawer-hosts').click();
        await tab.shows('host-2', /away: does not answer/);
        await select(tab, 'mark');
        await tab.at('param-field').fill('changed');
        await tab.at('deploy').click();
        await tab.at('deploy-go').click();
        await tab.until(() => step(tab, 2), 'refused', 'the host that is away');
        await tab.shows('host-2', /refused: does not answer/);
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'it has ended');
        assert.deepEqual(await revisions([host], 'line'), running);
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.params.field, 'a', 'nothing was stored');
        await tab.at('deploy').click();
        await tab.at('here-only').check();
        await tab.at('deploy-go').click();
        await tab.until(() => revisions([host], 'line').then(([now]) => now !== running[0]), true, 'it runs here');
    },
    { pair },
);

scenario(
    'a deployment to all hosts that goes on is shown by a page that is opened meanwhile',
    async ({ host, beside, open }) => {
        const folder = mkdtempSync(join(tmpdir(), 'penstock-gate-'));
        const pipe = join(folder, 'gate');
        spawnSync('mkfifo', [pipe]);
        const before = { ...line, name: 'gated' };
        await host.deploy(before);
        await beside.deploy(before);
        const running = await revisions([host, beside], 'gated');
        const slow = gated('/nowhere');
        slow.nodes.hold.params.asked = pipe; // its check waits for that
        await host.send('POST', '/api/graphs/gated/rollout', JSON.stringify(slow));
        const tab = await open('#/graphs/gated');
        await tab.until(() => step(tab, 1), 'checking', 'it goes on');
        await tab.at('rollout-back').click();
        const gate = await openFile(pipe, 'r+');
        try {
            for (const number of [1, 2]) await tab.until(() => step(tab, number).then((now) => now !== 'checking' && now !== 'waiting'), true, `host ${number} has answered`);
            await tab.until(() => tab.at('rollout-back').count(), 0, 'it has ended');
        } finally {
            await gate.close();
            rmSync(folder, { recursive: true });
        }
        assert.equal((await host.json('/api/graphs/gated/rollout')).outcome, 'unchanged');
        assert.deepEqual(await revisions([host, beside], 'gated'), running);
    },
    { pair },
);
