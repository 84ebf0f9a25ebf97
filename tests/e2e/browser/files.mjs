// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Graph files: by hand, in and out, by link, and former versions.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { drag, exported, fromMenu, select } from './drawing.mjs';
import { line } from './samples.mjs';
import { scenario } from './scenario.mjs';

scenario('a file written by hand opens arranged, without being edited', async ({ host, open }) => {
    const { layout, ...bare } = line;
    await host.keep(bare);
    const tab = await open('#/graphs/line');
    await tab.at('node-done').waitFor();
    const boxes = await Promise.all(['read', 'mark', 'done'].map((name) => tab.at(`node-${name}`).boundingBox()));
    assert.ok(boxes[0].x + boxes[0].width < boxes[1].x && boxes[1].x + boxes[1].width < boxes[2].x, 'from left to right');
    assert.equal(await tab.at('undo').isDisabled(), true);
    assert.equal(await tab.at('edited').count(), 0);
});

scenario('numbers that JavaScript cannot hold are kept digit for digit', async ({ host, open }) => {
    await host.keep(JSON.stringify(line).replace('"value":1', '"value":12345678901234567890'), 'line');
    const tab = await open('#/graphs/line');
    await select(tab, 'mark');
    await tab.at('node-title').fill('Exact');
    await tab.save();
    const text = await host.get('/api/graphs/line');
    assert.match(text, /"value": 12345678901234567890/);
    assert.match(text, /"title": "Exact"/);
});

scenario('an exported file is imported into another graph, which keeps its name', async ({ host, open }) => {
    await host.keep(line);
    await host.keep({ penstock: 1, name: 'other', nodes: {}, edges: [] });
    const tab = await open('#/graphs/line');
    await tab.at('node-done').waitFor();
    const file = await exported(tab, join(host.data, 'line.json'));
    assert.equal(readFileSync(file, 'utf8'), await host.get('/api/graphs/line'));
    await tab.page.evaluate(() => (location.hash = '#/graphs/other'));
    await tab.until(() => tab.at('node-done').count(), 0, 'the other graph is open');
    await tab.at('canvas').waitFor();
    const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), fromMenu(tab, 'Import…')]);
    await chooser.setFiles(file);
    await tab.at('node-done').waitFor();
    await tab.save();
    const { name, nodes, edges, layout } = await host.json('/api/graphs/other');
    assert.deepEqual({ name, nodes, edges, layout }, { name: 'other', nodes: line.nodes, edges: line.edges, layout: line.layout });
});

scenario('what is no graph file is not imported, and told', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await tab.at('node-done').waitFor();
    const file = join(host.data, 'wrong.json');
    writeFileSync(file, '{"penstock": 1, "name": "x", "nodes": [] }');
    const [chooser] = await Promise.all([tab.page.waitForEvent('filechooser'), fromMenu(tab, 'Import…')]);
    await chooser.setFiles(file);
    await tab.shows('toasts', /nodes/);
    assert.equal(await tab.at('undo').isDisabled(), true);
});

// One scenario, because the clipboard is the whole browser's.
scenario('copied nodes are pasted with their inner wires, and again in another tab; a copied link opens the graph', async ({ host, open }) => {
    await host.keep(line);
    await host.keep({ penstock: 1, name: 'other', nodes: {}, edges: [] });
    const tab = await open('#/graphs/line');
    await tab.context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: host.address });
    await select(tab, 'read');
    await tab.at('node-mark').locator('strong').click({ modifiers: ['Shift'] });
    await tab.page.keyboard.press('Control+c');
    await tab.page.keyboard.press('Control+v');
    await tab.at('node-mark2').waitFor();
    await tab.save();
    assert.deepEqual((await host.json('/api/graphs/line')).edges.slice(2), [{ from: 'read2.out', to: 'mark2.in' }]);
    const text = await tab.page.evaluate(() => navigator.clipboard.readText());
    assert.deepEqual(Object.keys(JSON.parse(text).nodes), ['read', 'mark'], 'it is JSON text');
    const other = await open('#/graphs/other');
    await other.at('canvas').waitFor();
    await other.page.locator('.react-flow__pane').click();
    await other.page.keyboard.press('Control+v');
    await other.at('node-mark').waitFor();
    await other.save();
    await fromMenu(tab, 'Copy link');
    await tab.shows('toasts', /Link copied/);
    const link = await tab.page.evaluate(() => navigator.clipboard.readText());
    assert.equal(link, `${host.address}/#/graphs/line`);
    const linked = await open(new URL(link).hash);
    await linked.at('node-done').waitFor();
});

scenario('an earlier revision is compared and brought back', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await select(tab, 'mark');
    await tab.at('param-field').fill('later');
    await tab.save();
    await fromMenu(tab, 'Revisions…');
    await tab.at('revisions').locator('li button').nth(1).click();
    await tab.shows('revisions', /field: "later" → "a"/);
    await tab.picture('revisions-light');
    await tab.at('revision-restore').click();
    await tab.save();
    assert.equal((await host.json('/api/graphs/line')).nodes.mark.params.field, 'a');
});

scenario('what was drawn and not saved is there after the tab was closed', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line', { fresh: true });
    await drag(tab, 'debug/print', 'print', 500, 560);
    await tab.until(() => host.json('/api/graphs/line/state').then(({ draft }) => typeof draft), 'string', 'the draft is kept');
    await tab.close();
    const again = await open('#/graphs/line');
    await again.at('node-print').waitFor();
    assert.equal(await again.at('edited').count(), 1);
    await again.save();
    await again.until(() => host.json('/api/graphs/line/state').then(({ draft }) => draft), null, 'a saved graph has no draft');
    assert.deepEqual((await host.json('/api/graphs/line')).nodes.print, { component: 'debug/print' });
});
