// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the page shows of a graph that runs, and what it does to it.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { select } from './drawing.mjs';
import { line } from './editing.mjs';
import { LiveHost } from './live_host.mjs';

const refused = /Failed to load resource: the server responded with a status of 412/;
const away = [/Failed to load resource: net::ERR_/, /WebSocket connection to .* failed/];

test('two tabs that conflict merge what both did', async () => {
    const host = await LiveHost.start();
    await host.deploy(line);
    const one = await Tab.open(host, '#/graphs/line', { expected: [refused] });
    const two = await Tab.open(host, '#/graphs/line', { expected: [refused] });
    try {
        await select(one, 'mark');
        await select(two, 'read');
        await one.at('node-title').fill('From one');
        await two.at('node-title').fill('From two');
        await one.at('save').click();
        await one.until(() => one.at('edited').count(), 0, 'the first is saved');
        await two.at('save').click();
        await two.at('conflict').waitFor();
        await two.picture('conflict-light');
        await two.at('conflict-merge').click();
        await two.at('save').click();
        await two.until(() => two.at('edited').count(), 0, 'the merged version is saved');
        const { nodes } = await host.json('/api/graphs/line');
        assert.deepEqual([nodes.mark.title, nodes.read.title], ['From one', 'From two']);
        // And what was taken over can be taken back.
        await two.at('undo').click();
        await two.until(() => two.at('node-mark').textContent().then((text) => text.includes('From one')), false, 'undo has the version of before');
    } finally {
        await one.close();
        await two.close();
        await host.stop();
    }
});

test('a dead letter is found, read, mended and sent again', async () => {
    const host = await LiveHost.start();
    const graph = {
        penstock: 1,
        name: 'fails',
        nodes: { read: { component: 'json/read' }, trip: { component: 'debug/fail', params: { field: 'bad', value: true } }, done: { component: 'debug/null' } },
        edges: [
            { from: 'read.out', to: 'trip.in' },
            { from: 'trip.out', to: 'done.in' },
        ],
        layout: { read: [0, 0], trip: [264, 0], done: [528, 0] },
    };
    await host.deploy(graph);
    const tab = await Tab.open(host, '#/graphs/fails');
    try {
        await tab.at('node-trip').waitFor();
        await tab.at('drawer-send').click();
        await tab.at('send-text').fill('[{"bad": true, "name": "first"}, {"bad": false}]');
        await tab.at('send-go').click();
        await tab.at('fate').waitFor();
        assert.match(await tab.at('fate').textContent(), /Delivered1.*Dead1/);
        await tab.picture('send-light');
        await tab.until(() => tab.at('live-trip').getAttribute('data-failed'), '1', 'the node shows its failure');
        await tab.at('drawer-dead').click();
        await tab.at('dead-letter').waitFor();
        assert.match(await tab.at('packet').textContent(), /first/);
        await tab.picture('dead-light');
        await tab.at('dead-edit').click();
        const text = await tab.at('dead-packet').inputValue();
        await tab.at('dead-packet').fill(text.replace('"bad": true', '"bad": false'));
        await tab.at('dead-replay').click();
        await tab.until(() => tab.at('dead-letter').count(), 0, 'the letter is gone');
        await tab.until(() => host.json('/api/graphs/fails/stats').then(({ delivered }) => delivered), 2, 'the mended packet was delivered');
        assert.equal((await host.json('/api/dead-letters?graph=fails')).dead_letters.length, 0);
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('the page says that the host is away, keeps what is drawn, and goes on when it is back', async () => {
    const host = await LiveHost.start();
    await host.deploy(line);
    const tab = await Tab.open(host, '#/graphs/line', { expected: away });
    try {
        await tab.until(() => tab.at('connection').textContent(), 'Live', 'connected');
        await host.kill();
        await tab.until(() => tab.at('connection').textContent(), 'Host is away', 'the loss shows');
        await select(tab, 'mark');
        await tab.at('node-title').fill('Drawn meanwhile');
        assert.equal(await tab.at('save').isDisabled(), true);
        await tab.picture('away-light');
        await host.run();
        await tab.until(() => tab.at('connection').textContent(), 'Live', 'back');
        await tab.until(() => tab.at('run-state').textContent().then((text) => text.startsWith('running')), true, 'the graph runs again');
        await tab.at('save').click();
        await tab.until(() => tab.at('edited').count(), 0, 'saved');
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.title, 'Drawn meanwhile');
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('a graph is stopped and deployed again, and the preview names what changes', async () => {
    const host = await LiveHost.start();
    await host.deploy(line);
    const tab = await Tab.open(host, '#/graphs/line');
    try {
        await tab.at('stop').click();
        await tab.until(() => host.json('/api/graphs/line/state').then(({ state }) => state), 'stopped', 'stopped');
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'it can be deployed again');
        await select(tab, 'mark');
        await tab.at('param-field').fill('changed');
        await tab.at('deploy').click();
        await tab.until(() => tab.at('deploy-dialog').textContent().then((text) => text.includes('field: "a" → "changed"')), true, 'the change is named');
        await tab.picture('deploy-light');
        await tab.at('deploy-go').click();
        await tab.until(() => host.json('/api/graphs/line/state').then(({ state }) => state), 'running', 'running');
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('what the host refuses to run is told at its node, and may be tried again', async () => {
    const host = await LiveHost.start();
    const graph = { ...line, nodes: { ...line.nodes, done: { component: 'search/index', params: { database: '../outside' } } } };
    await host.send('PUT', '/api/graphs/line', JSON.stringify(graph));
    const tab = await Tab.open(host, '#/graphs/line', { expected: [/status of 422/] });
    try {
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'nothing is wrong with the file');
        await tab.at('deploy').click();
        await tab.at('deploy-go').click();
        await tab.until(() => tab.at('problems').textContent().then((text) => /does not start.*outside/.test(text)), true, 'the reason shows');
        assert.equal(await tab.at('deploy').isEnabled(), true);
        await tab.at('problems').getByRole('button').first().click();
        await tab.page.getByRole('tab', { name: 'Params' }).click();
        await tab.at('param-database').fill('inside');
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'it can be tried again');
        await tab.at('deploy').click();
        await tab.at('deploy-go').click();
        await tab.until(() => host.json('/api/graphs/line/state').then(({ state }) => state), 'running', 'it runs');
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('a tapped wire shows the packets that pass, until it is paused', async (t) => {
    const host = await LiveHost.start();
    if (!('/api/live' in (await host.json('/openapi.json')).paths)) {
        await host.stop();
        return t.skip('this host has no live connection');
    }
    await host.deploy(line);
    const tab = await Tab.open(host, '#/graphs/line');
    try {
        await tab.at('wire-mark.out>done.in').click();
        await tab.at('tap-toggle').click();
        await tab.until(
            async () => {
                await host.send('POST', '/graphs/line/data?ack=processed', '{"greeting": "hello"}');
                return (await tab.at('tap').textContent()).includes('hello');
            },
            true,
            'the packet shows',
        );
        await tab.picture('tap-light');
        await tab.at('tap-pause').click();
        const rows = () => tab.at('tap').locator('tbody').first().locator('tr').count();
        const before = await rows();
        await host.send('POST', '/graphs/line/data?ack=processed', '{"greeting": "again"}');
        await tab.until(() => tab.at('tap-pause').textContent(), 'Resume (1 passed)', 'what passes meanwhile is counted');
        assert.equal(await rows(), before);
        // A pinned packet becomes a test that the program runs.
        await tab.at('tap-pin').click();
        const [test] = await Promise.all([tab.page.waitForEvent('download'), tab.at('tap-test').click()]);
        await test.saveAs(join(host.data, 'line.test.json'));
        writeFileSync(join(host.data, 'line.json'), await host.get('/api/graphs/line'));
        const ran = spawnSync(process.env.PENSTOCK, ['test', join(host.data, 'line.test.json')]);
        assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
        await tab.at('tap-stop').click();
    } finally {
        await tab.close();
        await host.stop();
    }
});
