// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the page does to a graph that runs: deploys, stops, mends dead letters, outlives the host.
import assert from 'node:assert/strict';
import { deploy, select } from './drawing.mjs';
import { failing, line } from './samples.mjs';
import { scenario } from './scenario.mjs';

scenario('dead letters are found, read, mended and sent again, or dropped', async ({ host, open }) => {
    await host.deploy(failing);
    const tab = await open('#/graphs/fails');
    await tab.at('node-trip').waitFor();
    await tab.at('drawer-send').click();
    await tab.at('send-text').fill('[{"bad": true, "name": "first", "n": 9007199254740993, "d": 1.0}, {"bad": true, "name": "second"}, {"bad": false}]');
    await tab.at('send-go').click();
    await tab.shows('fate', /Delivered1.*Dead2/);
    await tab.until(() => tab.at('live-trip').getAttribute('data-dead'), '2', 'the node shows its dead letters');
    assert.match(await tab.text('live-trip'), /2 dead/);
    await tab.at('live-trip').getByRole('button').click();
    await tab.at('dead-letter').waitFor();
    const rows = () => tab.at('dead').locator('tbody').first().locator('tr').count();
    await tab.until(rows, 2, 'both are listed');
    await tab.page.getByLabel('Part of the reason').fill('nothing fails so');
    await tab.shows('dead', /None fits/);
    await tab.page.getByLabel('Part of the reason').fill('');
    await tab.until(rows, 2, 'without a filter both are listed');
    await tab.at('dead').locator('tbody tr', { hasText: 'trip' }).last().click();
    await tab.shows('packet', /first/);
    await tab.picture('dead-letters-light');
    await tab.at('dead-edit').click();
    const text = await tab.at('dead-packet').inputValue();
    for (const number of ['9007199254740993', '1.0']) assert.ok(text.includes(number), 'its numbers have all their digits');
    await tab.at('dead-packet').fill(text.replace('"bad": true', '"bad": false'));
    await tab.at('dead-replay').click();
    await tab.until(() => host.json('/api/graphs/fails/stats').then(({ delivered }) => delivered), 2, 'the mended packet was delivered');
    await tab.until(rows, 1, 'its letter is gone');
    await tab.at('dead-drop').click();
    await tab.until(rows, 0, 'the other is dropped');
    assert.equal((await host.json('/api/dead-letters?graph=fails')).dead_letters.length, 0);
});

scenario('a graph is stopped and deployed again, and the preview names what changes', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line');
    await tab.at('stop').click();
    await tab.until(() => host.stateOf('line'), 'stopped', 'stopped');
    await tab.until(() => tab.at('deploy').isEnabled(), true, 'it can be deployed again');
    await select(tab, 'mark');
    await tab.at('param-field').fill('changed');
    await tab.at('deploy').click();
    await tab.shows('deploy-dialog', /field: "a" → "changed"/);
    await tab.picture('deploy-light');
    await tab.at('deploy-go').click();
    await tab.until(() => host.stateOf('line'), 'running', 'running');
});

scenario('what the host refuses to run is told at its node, and may be tried again', async ({ host, open }) => {
    await host.keep({ ...line, nodes: { ...line.nodes, done: { component: 'files/write', params: { path: '/nowhere/outside' } } } });
    const tab = await open('#/graphs/line', { expected: [/status of 422/] });
    await tab.until(() => tab.at('deploy').isEnabled(), true, 'nothing is wrong with the file');
    await tab.at('deploy').click();
    await tab.at('deploy-go').click();
    await tab.shows('problems', /does not start.*outside/);
    assert.equal(await tab.at('deploy').isEnabled(), true);
    await tab.at('problems').getByRole('button').first().click();
    await tab.page.getByRole('tab', { name: 'Params' }).click();
    await tab.at('param-path').fill('/dev/null');
    await deploy(tab);
    await tab.until(() => host.stateOf('line'), 'running', 'it runs');
});

scenario('a component is tried on a packet without deploying it', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line', { expected: [/status of 422/] });
    await select(tab, 'mark');
    await tab.page.getByRole('tab', { name: 'Try' }).click();
    await tab.at('try-packet').fill('{"fields": {"text": "hello"}}');
    await tab.at('try-run').click();
    const rows = tab.at('try-result').getByRole('row');
    await rows.first().waitFor();
    // Before and after: what is new is marked, what was there is not.
    await tab.until(() => rows.allTextContents().then((all) => all.slice(0, 2).sort()), ['+a1', 'texthello'], 'before and after');
    await tab.picture('try-light');
    await tab.at('try-packet').fill('{"fields": ');
    await tab.at('try-run').click();
    await tab.page.getByText('the packet is not JSON').waitFor();
    assert.equal(await host.stateOf('line'), 'stopped', 'nothing was deployed');
});

scenario('a graph is deleted from the list after a second thought', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('', { fresh: true });
    await tab.at('graph-line').waitFor();
    await tab.page.getByRole('button', { name: 'Delete line' }).click();
    await tab.page.getByRole('button', { name: 'Keep' }).click();
    await tab.page.getByRole('button', { name: 'Delete line' }).click();
    await tab.page.getByRole('button', { name: 'Stop and delete' }).click();
    await tab.at('example').waitFor();
    assert.deepEqual(await host.json('/api/graphs'), []);
});

scenario(
    'the page says that the host is away, keeps what is drawn, and goes on with its tap when it is back',
    async ({ host, open }) => {
        await host.deploy(line);
        const tab = await open('#/graphs/line', { expected: [/Failed to load resource: net::ERR_/, /WebSocket connection to .* failed/] });
        await tab.until(() => tab.text('connection'), 'Live', 'connected');
        await tab.at('wire-mark.out>done.in').click();
        await tab.at('tap-toggle').click();
        await host.kill();
        await tab.until(() => tab.text('connection'), 'Host is away', 'the loss shows');
        await select(tab, 'mark');
        await tab.at('node-title').fill('Drawn meanwhile');
        assert.equal(await tab.at('save').isDisabled(), true);
        await tab.picture('away-light');
        await host.run();
        await tab.until(() => tab.text('connection'), 'Live', 'it is back');
        await tab.until(() => tab.at('run-state').getAttribute('data-state'), 'running', 'the graph runs again');
        await tab.until(
            async () => {
                await host.send('POST', '/graphs/line/data?ack=processed', '{"greeting": "after the fall"}');
                return /after the fall/.test(await tab.text('tap'));
            },
            true,
            'the tap goes on',
        );
        await tab.save();
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.title, 'Drawn meanwhile');
    },
    { flags: ['--lanes', '1'] },
);
