// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a hand can do beside dragging from the palette.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { select } from './drawing.mjs';
import { line } from './editing.mjs';
import { LiveHost } from './live_host.mjs';

async function withLine(work) {
    const host = await LiveHost.start();
    await host.deploy(line);
    const tab = await Tab.open(host, '#/graphs/line', { storage: { 'penstock.hintsSeen': 'yes' } });
    try {
        await tab.at('node-done').waitFor();
        await work(tab, host);
    } finally {
        await tab.close();
        await host.stop();
    }
}

async function edges(tab, host) {
    await tab.at('save').click();
    await tab.until(() => tab.at('edited').count(), 0, 'saved');
    return (await host.json('/api/graphs/line')).edges.map(({ from, to }) => `${from}>${to}`);
}

test('a component dropped on a wire is put into it', () =>
    withLine(async (tab, host) => {
        const wire = await tab.at('wire-read.out>mark.in').boundingBox();
        const pane = await tab.page.locator('.react-flow__pane').boundingBox();
        await tab.page.dragAndDrop('[data-testid="palette-fields/delete"]', '.react-flow__pane', {
            targetPosition: { x: wire.x + wire.width / 2 - pane.x - 14, y: wire.y + wire.height / 2 - pane.y - 1 },
            force: true,
        });
        await tab.at('param-fields').fill('a');
        assert.deepEqual(await edges(tab, host), ['mark.out>done.in', 'read.out>delete.in', 'delete.out>mark.in']);
    }));

test('a wire dropped on the empty canvas offers what could come next', () =>
    withLine(async (tab, host) => {
        const port = await tab.at('port-mark-out-out').boundingBox();
        await tab.page.mouse.move(port.x + 5, port.y + 5);
        await tab.page.mouse.down();
        await tab.page.mouse.move(port.x + 60, port.y + 150, { steps: 6 });
        await tab.page.mouse.up();
        await tab.page.getByRole('combobox', { name: 'Add a node after mark.out' }).waitFor();
        await tab.page.keyboard.type('debug/print');
        await tab.page.keyboard.press('Enter');
        await tab.at('node-print').waitFor();
        assert.ok((await edges(tab, host)).includes('mark.out>print.in'));
    }));

test('a right click offers what can be done with a node, and the arrows choose', () =>
    withLine(async (tab, host) => {
        await tab.at('node-mark').locator('strong').click({ button: 'right' });
        const menu = tab.page.getByRole('menu');
        await menu.waitFor();
        assert.deepEqual(await menu.getByRole('menuitem').first().evaluate((item) => item === document.activeElement), true, 'the first item has the focus');
        await menu.getByRole('menuitem', { name: 'Duplicate' }).click();
        await tab.at('node-mark2').waitFor();
        await tab.page.keyboard.press('Delete');
        await tab.until(() => tab.at('node-mark2').count(), 0, 'deleted');
        await tab.at('node-mark').locator('strong').click({ button: 'right' });
        await menu.waitFor();
        await tab.page.keyboard.press('Escape');
        await tab.until(() => menu.count(), 0, 'Escape closes the menu');
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.component, 'fields/set');
    }));

test('an earlier revision is compared and brought back', () =>
    withLine(async (tab, host) => {
        await select(tab, 'mark');
        await tab.at('param-field').fill('later');
        await edges(tab, host);
        await tab.at('more').click();
        await tab.page.getByRole('menuitem', { name: 'Revisions…' }).click();
        await tab.at('revisions').waitFor();
        await tab.at('revisions').locator('li button').nth(1).click();
        await tab.until(() => tab.at('revisions').textContent().then((text) => text.includes('field: "later" → "a"')), true, 'the difference shows');
        await tab.picture('revisions-light');
        await tab.at('revision-restore').click();
        await edges(tab, host);
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.params.field, 'a');
    }));

test('a node is renamed with its edges, and never into the name of another', () =>
    withLine(async (tab, host) => {
        await select(tab, 'mark');
        await tab.at('node-name').fill('done');
        await tab.page.getByText('is another node').waitFor();
        await tab.at('node-name').fill('stamp');
        await tab.at('node-name').press('Enter');
        await tab.at('node-stamp').waitFor();
        assert.deepEqual(await edges(tab, host), ['read.out>stamp.in', 'stamp.out>done.in']);
    }));

test('a component is tried on a packet without deploying it', async (t) => {
    const host = await LiveHost.start();
    if (!('/api/components/{package}/{name}/try' in (await host.json('/openapi.json')).paths)) {
        await host.stop();
        return t.skip('this host cannot try components');
    }
    await host.send('PUT', '/api/graphs/line', JSON.stringify(line));
    const tab = await Tab.open(host, '#/graphs/line', { expected: [/status of 422/] });
    try {
        await select(tab, 'mark');
        await tab.page.getByRole('tab', { name: 'Try' }).click();
        await tab.at('try-packet').fill('{"fields": {"text": "hello"}}');
        await tab.at('try-run').click();
        await tab.at('try-result').waitFor();
        await tab.until(() => tab.at('try-result').textContent().then((text) => /"a": 1/.test(text) && /"text": "hello"/.test(text)), true, 'before and after');
        await tab.picture('try-light');
        assert.equal((await host.json('/api/graphs/line/state')).state, 'stopped', 'nothing was deployed');
    } finally {
        await tab.close();
        await host.stop();
    }
});
