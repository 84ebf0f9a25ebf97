// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the page shows of a graph that runs: packets on their way, queues, lanes, counters, the log.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { select } from './drawing.mjs';
import { program } from './live_host.mjs';
import { gated, line } from './samples.mjs';
import { scenario } from './scenario.mjs';

scenario('a tapped wire shows the packets that pass, until it is paused; a pinned one becomes a test', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line');
    await tab.at('wire-mark.out>done.in').click();
    await tab.at('tap-toggle').click();
    await tab.until(
        async () => {
            await host.send('POST', '/graphs/line/data?ack=processed', '{"greeting": "hello"}');
            return (await tab.text('tap')).includes('hello');
        },
        true,
        'the packet shows',
    );
    assert.match(await tab.text('packet'), /greetinghello.*mimetypeapplication\/json/s, 'fields and meta');
    await tab.picture('tap-light');
    await tab.at('tap-pause').click();
    const rows = () => tab.at('tap').locator('tbody').first().locator('tr').count();
    const before = await rows();
    await host.send('POST', '/graphs/line/data?ack=processed', '{"greeting": "again"}');
    await tab.until(() => tab.text('tap-pause'), 'Resume (1 passed)', 'what passes meanwhile is counted');
    assert.equal(await rows(), before);
    await tab.at('tap-pin').click();
    const [test] = await Promise.all([tab.page.waitForEvent('download'), tab.at('tap-test').click()]);
    await test.saveAs(join(host.data, 'line.test.json'));
    writeFileSync(join(host.data, 'line.json'), await host.get('/api/graphs/line'));
    const ran = spawnSync(program, ['test', join(host.data, 'line.test.json')]);
    assert.equal(ran.status, 0, `${ran.stdout}${ran.stderr}`);
    // The pinned packet is a sample for a node.
    await select(tab, 'mark');
    await tab.page.getByRole('tab', { name: 'Try' }).click();
    await tab.page.getByText('use the pinned one').click();
    assert.match(await tab.at('try-packet').inputValue(), /"greeting": "hello"/);
    await tab.at('tap-stop').click();
});

scenario('what is sent from the page is followed along its way, and only that', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line');
    await tab.until(() => tab.text('connection'), 'Live', 'connected');
    await tab.at('wire-read.out>mark.in').waitFor();
    await tab.at('drawer-send').click();
    // Somebody else's packets pass meanwhile.
    const others = setInterval(() => void host.send('POST', '/graphs/line/data', '{"text": "somebody else"}').catch(() => {}), 25);
    try {
        await tab.at('send-text').fill('[{"text": "mine"}, {"text": "mine too"}]');
        await tab.at('send-go').click();
        await tab.shows('fate', /Delivered2/);
        await tab.shows('journey', /read\.out → mark\.in2.*mark\.out → done\.in2/s);
    } finally {
        clearInterval(others);
    }
    assert.doesNotMatch(await tab.text('journey'), /somebody else/);
    await tab.until(() => tab.page.locator('.wire.followed').count(), 2, 'its way is marked on the canvas');
    await tab.at('journey-mark.out>done.in').click();
    await tab.until(() => tab.at('packet').getByRole('row').allTextContents().then((all) => all.slice(0, 2).sort()), ['+a1', 'textmine'], 'what the node did to it');
    await tab.picture('journey-light');
});

scenario('a file is sent into the graph', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line');
    await tab.at('drawer-send').click();
    await tab.at('send-file').setInputFiles({ name: 'three.ndjson', mimeType: '', buffer: Buffer.from('{"n": 1}\n{"n": 2}\n{"n": 3}\n') });
    await tab.shows('fate', /Delivered3/);
});

scenario('the lanes add up to what passed', async ({ host, open }) => {
    await host.deploy({ ...line, lanes: 2 });
    const tab = await open('#/graphs/line');
    for (let i = 0; i < 10; ++i) await host.send('POST', '/graphs/line/data?ack=processed', '{"text": "x"}');
    await tab.at('drawer-lanes').click();
    await tab.until(
        async () => {
            const rows = await tab.at('lanes').locator('tbody tr').all();
            const counts = await Promise.all(rows.map((row) => row.getAttribute('data-packets')));
            return [counts.length, counts.reduce((sum, each) => sum + Number(each), 0)];
        },
        [2, 20],
        'ten packets on two edges, in two lanes',
    );
    await tab.picture('lanes-light');
});

scenario('the rate of requests shows while they come, and in the list of graphs', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line');
    const list = await open();
    const others = setInterval(() => void host.send('POST', '/graphs/line/data', '{"text": "x"}').catch(() => {}), 20);
    try {
        await tab.until(() => tab.text('receipts').then((text) => parseFloat(text) > 0), true, 'requests a second');
        await list.until(() => list.page.locator('.graph-row .rate').textContent().then((text) => parseFloat(text) > 0), true, 'in the list');
    } finally {
        clearInterval(others);
    }
});

const folder = mkdtempSync(join(tmpdir(), 'penstock-gate-'));
const pipe = join(folder, 'gate');

scenario(
    'a wire whose queue is nearly full is told by its colour and in words, until it empties',
    async ({ host, open }) => {
        spawnSync('mkfifo', [pipe]);
        await host.deploy(gated(pipe));
        const tab = await open('#/graphs/gated');
        await host.send('POST', '/graphs/gated/data', JSON.stringify(Array.from({ length: 200 }, (_, i) => ({ i }))));
        await tab.until(() => tab.page.locator('.wire.hot').count(), 1, 'the wire is hot');
        await tab.at('wire-read.out>hold.in').click();
        await tab.shows('inspector', /nearly full/);
        await tab.picture('back-pressure-light');
        const gate = await openFile(pipe, 'r+');
        try {
            await tab.until(() => tab.page.locator('.wire.hot').count(), 0, 'the queue has emptied');
            await tab.until(() => tab.at('live-hold').getAttribute('data-received'), '200', 'all arrived');
        } finally {
            await gate.close();
            rmSync(folder, { recursive: true });
        }
    },
    { flags: ['--packages', process.env.PENSTOCK_GATE ?? 'build/release/fixtures/gate'] },
);

scenario('what the host logs of the graph shows, with the way to its node', async ({ host, open }) => {
    await host.deploy({ ...line, nodes: { ...line.nodes, done: { component: 'files/write', params: { path: '/dev/full' }, retry: { attempts: 2, backoff: '10ms' } } } });
    const tab = await open('#/graphs/line');
    await tab.until(() => tab.text('connection'), 'Live', 'connected');
    await host.send('POST', '/graphs/line/data?ack=processed', '{"text": "x"}');
    await tab.at('drawer-log').click();
    await tab.shows('log', /done/);
    await tab.at('log').getByRole('button', { name: 'done' }).first().click();
    await tab.shows('inspector', /^Done/);
});
