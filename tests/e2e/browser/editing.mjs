// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What editing does: problems and their fields, undo, the clipboard, files by hand.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { drag, select } from './drawing.mjs';
import { LiveHost } from './live_host.mjs';

export const line = {
    penstock: 1,
    name: 'line',
    nodes: { read: { component: 'json/read' }, mark: { component: 'fields/set', params: { field: 'a', value: 1 } }, done: { component: 'debug/null' } },
    edges: [
        { from: 'read.out', to: 'mark.in' },
        { from: 'mark.out', to: 'done.in' },
    ],
    layout: { read: [0, 0], mark: [264, 0], done: [528, 0] },
};

async function withLine(work, options = {}) {
    const host = await LiveHost.start();
    const graph = options.graph ?? line;
    const { name } = typeof graph === 'string' ? JSON.parse(graph) : graph;
    await host.deploy(graph, name);
    const tab = await Tab.open(host, `#/graphs/${name}`, { storage: { 'penstock.hintsSeen': 'yes' }, ...options });
    try {
        await tab.at('canvas').waitFor();
        await work(tab, host);
    } finally {
        await tab.close();
        await host.stop();
    }
}

const saved = async (tab, host, name = 'line') => {
    await tab.at('save').click();
    await tab.until(() => tab.at('edited').count(), 0, 'saved');
    return host.json(`/api/graphs/${name}`);
};

test('a broken parameter shows in its field and in the list, keeps Deploy off, and can be mended', () =>
    withLine(async (tab, host) => {
        await select(tab, 'mark');
        await tab.at('param-field').fill('');
        await tab.at('param-field-problem').waitFor();
        await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
        await tab.page.keyboard.press('Escape');
        await tab.page.locator('.react-flow__pane').click({ position: { x: 300, y: 60 } });
        await tab.at('drawer-problems').click();
        await tab.picture('problems-light');
        await tab.at('problems').getByRole('button').first().click();
        await tab.until(() => tab.at('param-field').evaluate((field) => field === document.activeElement), true, 'the field has the focus');
        await tab.page.keyboard.type('b');
        await tab.until(() => tab.at('param-field-problem').count(), 0, 'the problem is gone');
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'Deploy is on');
        assert.equal((await saved(tab, host)).nodes.mark.params.field, 'b');
    }));

test('undo goes back step by step to exactly what was there, and redo forth', () =>
    withLine(async (tab, host) => {
        const before = await host.get('/api/graphs/line');
        await select(tab, 'mark');
        await tab.at('param-value').fill('[1, {"b": null}]');
        await tab.at('node-title').fill('Mark it');
        await tab.at('node-title').blur();
        await drag(tab, 'debug/print', 'print', 500, 560);
        const after = await saved(tab, host);
        assert.deepEqual(after.nodes.mark, { component: 'fields/set', title: 'Mark it', params: { field: 'a', value: [1, { b: null }] } });
        assert.deepEqual(after.nodes.print, { component: 'debug/print' });
        for (let i = 0; i < 3; ++i) await tab.at('undo').click();
        assert.equal(await tab.at('undo').isDisabled(), true, 'three actions were three steps');
        await saved(tab, host);
        assert.equal(await host.get('/api/graphs/line'), before);
        for (let i = 0; i < 3; ++i) await tab.at('redo').click();
        assert.deepEqual(await saved(tab, host), after);
    }));

test('copied nodes are pasted with their inner wires, and again in another tab', () =>
    withLine(async (tab, host) => {
        await tab.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.address });
        await select(tab, 'read');
        await tab.at('node-mark').locator('strong').click({ modifiers: ['Shift'] });
        await tab.page.keyboard.press('Control+c');
        await tab.page.keyboard.press('Control+v');
        await tab.at('node-mark2').waitFor();
        const { edges } = await saved(tab, host);
        assert.deepEqual(edges.slice(2), [{ from: 'read2.out', to: 'mark2.in' }]);
        await host.send('PUT', '/api/graphs/other', JSON.stringify({ penstock: 1, name: 'other', nodes: {}, edges: [] }));
        const other = await Tab.open(host, '#/graphs/other', { context: tab.context });
        await other.at('canvas').waitFor();
        await other.page.locator('.react-flow__pane').click();
        await other.page.keyboard.press('Control+v');
        await other.at('node-mark').waitFor();
        await other.at('save').click();
        await other.until(() => other.at('edited').count(), 0, 'saved');
        await other.close();
    }));

test('a file written by hand opens arranged, without being edited', () => {
    const { layout, ...bare } = line;
    return withLine(
        async (tab) => {
            await tab.at('node-done').waitFor();
            const boxes = await Promise.all(['read', 'mark', 'done'].map((name) => tab.at(`node-${name}`).boundingBox()));
            assert.ok(boxes[0].x + boxes[0].width < boxes[1].x && boxes[1].x + boxes[1].width < boxes[2].x, 'from left to right');
            assert.equal(await tab.at('undo').isDisabled(), true);
        },
        { graph: { ...bare, name: 'bare' } },
    );
});

test('a cycle is allowed, told, and keeps Deploy off', () =>
    withLine(async (tab) => {
        await select(tab, 'mark');
        await tab.page.keyboard.press('Escape');
        await tab.at('node-done').locator('strong').click();
        await tab.page.keyboard.press('c');
        await tab.page.getByRole('combobox').waitFor();
        await tab.page.keyboard.type('mark.in');
        await tab.page.keyboard.press('Enter');
        await tab.until(() => tab.page.locator('.wire.cyclic').count(), 2, 'both wires of the cycle are red');
        assert.match(await tab.at('toasts').textContent(), /closes a cycle/);
        await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
        await tab.at('drawer-problems').click();
        await tab.until(() => tab.at('problems').textContent().then((text) => /cycle mark -> done -> mark/.test(text)), true, 'the cycle is named');
    }));

test('what the host refuses is shown though the page saw nothing wrong', () =>
    withLine(async (tab) => {
        await select(tab, 'mark');
        await tab.at('param-field').fill('${env:PENSTOCK_NOBODY_SETS_THIS}');
        await tab.at('drawer-problems').click();
        await tab.until(() => tab.at('problems').textContent().then((text) => /PENSTOCK_NOBODY_SETS_THIS/.test(text)), true, 'only the host knows');
        await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
    }));

test('what was drawn and not saved is there after the tab was closed', () =>
    withLine(async (tab, host) => {
        if (!('/api/graphs/{name}/draft' in (await host.json('/openapi.json')).paths)) return;
        await select(tab, 'mark');
        await tab.at('node-title').fill('Half done');
        await tab.until(() => host.json('/api/graphs/line/state').then(({ draft }) => typeof draft), 'string', 'the draft is kept');
        const again = await Tab.open(host, '#/graphs/line');
        await again.until(() => again.at('node-mark').textContent().then((text) => text.includes('Half done')), true, 'the draft is open');
        assert.equal(await again.at('edited').count(), 1);
        await again.at('save').click();
        await again.until(() => host.json('/api/graphs/line/state').then(({ draft }) => draft), null, 'a saved graph has no draft');
        await again.close();
        assert.equal((await host.json('/api/graphs/line')).nodes.mark.title, 'Half done');
    }));

test('numbers that JavaScript cannot hold are kept digit for digit', () =>
    withLine(
        async (tab, host) => {
            await select(tab, 'mark');
            await tab.at('node-title').fill('Exact');
            await tab.at('save').click();
            await tab.until(() => tab.at('edited').count(), 0, 'saved');
            const text = await host.get('/api/graphs/line');
            assert.match(text, /"value": 12345678901234567890/);
            assert.match(text, /"title": "Exact"/);
        },
        { graph: JSON.stringify(line).replace('"value":1', '"value":12345678901234567890') },
    ));

test('of two tabs that draw in one graph one is told that its draft is not kept', () =>
    withLine(
        async (tab, host) => {
            await select(tab, 'mark');
            await tab.at('node-title').fill('First');
            await tab.until(() => host.json('/api/graphs/line/state').then((state) => typeof state.draft), 'string', 'the draft is kept');
            const { draft } = await host.json('/api/graphs/line/state');
            const other = await Tab.open(host, '#/graphs/line', { context: tab.context, expected: [/status of 412/] });
            await other.at('node-mark').waitFor();
            await select(other, 'read');
            await other.at('node-title').fill('Second');
            await other.until(() => host.json('/api/graphs/line/state').then((state) => state.draft !== draft), true, 'who opened the draft goes on with it');
            await tab.at('node-title').fill('First again');
            await tab.until(() => tab.at('toasts').textContent().then((text) => /worked on in another tab/.test(text)), true, 'the other is told');
            await other.close();
            await tab.at('save').click();
            await tab.until(() => tab.at('edited').count(), 0, 'saving keeps what has no draft');
        },
        { expected: [/status of 412/] },
    ));
