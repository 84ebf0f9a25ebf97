// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The panels around the canvas: their sizes, what they hide, what they hold.
import assert from 'node:assert/strict';
import { fromMenu, select } from './drawing.mjs';
import { line } from './samples.mjs';
import { scenario } from './scenario.mjs';

scenario('the inspector and the drawer never hide the selected node', async ({ host, open }) => {
    await host.keep({ ...line, layout: { read: [0, 0], mark: [700, 0], done: [1400, 400] } });
    const tab = await open('#/graphs/line');
    const isFree = async () => {
        const node = await tab.at('node-done').boundingBox();
        const inspector = await tab.at('inspector').boundingBox();
        const canvas = await tab.at('canvas').boundingBox();
        const beside = node.x + node.width <= inspector.x;
        return beside && node.x >= canvas.x && node.y >= canvas.y && node.y + node.height <= canvas.y + canvas.height;
    };
    await select(tab, 'done');
    await tab.until(isFree, true, 'beside the inspector');
    await tab.at('drawer-outline').click();
    await tab.at('outline').waitFor();
    await tab.until(isFree, true, 'above the drawer');
});

scenario('panels are resized by mouse and by keys, and stay so', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line', { fresh: true });
    await tab.at('drawer-problems').click();
    const height = () => tab.page.locator('#drawer').boundingBox().then((box) => Math.round(box.height));
    const before = await height();
    const edge = await tab.page.getByRole('separator', { name: 'Height of the drawer' }).boundingBox();
    await tab.page.mouse.move(edge.x + 400, edge.y + 4);
    await tab.page.mouse.down();
    await tab.page.mouse.move(edge.x + 400, edge.y - 76, { steps: 4 });
    await tab.page.mouse.up();
    await tab.until(height, before + 80, 'by mouse');
    await tab.page.getByRole('separator', { name: 'Width of the palette' }).focus();
    await tab.page.keyboard.press('ArrowRight');
    const width = () => tab.page.locator('.palette-frame').boundingBox().then((box) => Math.round(box.width));
    await tab.until(width, 236, 'by keys');
    await tab.page.reload();
    await tab.at('node-done').waitFor();
    await tab.until(width, 236, 'after a reload');
});

scenario('what forms do not know is edited as JSON, and what is no JSON is not taken', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await select(tab, 'mark');
    await tab.at('param-value').fill('{"deep": {"list": [1, true, null]}}');
    await tab.save();
    assert.deepEqual((await host.json('/api/graphs/line')).nodes.mark.params.value, { deep: { list: [1, true, null] } });
    await tab.at('param-value').fill('{"deep": ');
    await tab.page.getByText('not JSON yet').waitFor();
    assert.equal(await tab.at('edited').count(), 0, 'the document is as it was');
});

scenario('title, lanes and partition are set in a dialog, wrong ones are not', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await tab.at('node-done').waitFor();
    await fromMenu(tab, 'Title, lanes, partition…');
    const take = tab.page.getByRole('button', { name: 'Take' });
    await tab.page.getByLabel('Partition by').fill('/fields/id');
    assert.equal(await take.isDisabled(), true);
    await tab.page.getByLabel('Partition by').fill('/meta/id');
    await tab.page.getByLabel('Lanes').fill('2');
    await tab.page.getByLabel('Title').fill('Marked lines');
    await take.click();
    await tab.save();
    const { title, lanes, partition_by } = await host.json('/api/graphs/line');
    assert.deepEqual({ title, lanes, partition_by }, { title: 'Marked lines', lanes: 2, partition_by: '/meta/id' });
});

scenario('the list says in words what the canvas shows, and does the same', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await tab.at('drawer-outline').click();
    const rows = tab.at('outline').locator('tbody tr');
    await tab.until(() => rows.count(), 3, 'a row for each node');
    assert.match(await rows.nth(1).textContent(), /Mark.*fields\/set.*out → done\.in.*not running.*none/);
    await tab.page.getByRole('button', { name: 'Delete mark' }).click();
    await tab.until(() => rows.count(), 2, 'deleted');
    await tab.page.getByRole('button', { name: 'Connect read to another node' }).click();
    await tab.page.getByRole('combobox').fill('out');
    await tab.page.keyboard.press('Enter');
    await tab.page.getByRole('combobox', { name: 'Where read.out leads' }).fill('done.in');
    await tab.page.keyboard.press('Enter');
    await tab.until(() => tab.page.locator('.react-flow__edge').count(), 1, 'wired');
});

scenario('the theme stays as it was chosen', async ({ open }) => {
    const tab = await open('', { fresh: true });
    await tab.at('theme').click();
    const theme = () => tab.page.evaluate(() => document.documentElement.dataset.theme);
    const chosen = await theme();
    await tab.page.reload();
    assert.equal(await theme(), chosen);
});

scenario('the first visit starts an example that runs, with three hints', async ({ open }) => {
    const tab = await open('', { fresh: true, storage: { 'penstock.hintsSeen': null } });
    await tab.at('example').waitFor();
    await tab.picture('first-list-light');
    await tab.at('example').click();
    await tab.at('hints').waitFor();
    assert.equal(await tab.at('hints').locator('li').count(), 3);
    await tab.until(() => tab.at('live-done').getAttribute('data-received').then((count) => Number(count) > 3), true, 'packets run');
    await tab.picture('first-visit-light');
    await tab.at('hints').getByRole('button').click();
    await tab.until(() => tab.at('hints').count(), 0, 'the hints are gone');
    await tab.page.reload();
    await tab.at('node-make').waitFor();
    assert.equal(await tab.at('hints').count(), 0, 'for good');
});

scenario('moving dashes mark the tapped wire, and rest for who wants no motion', async ({ host, open }) => {
    await host.deploy(line);
    const tab = await open('#/graphs/line', { fresh: true });
    await tab.at('wire-mark.out>done.in').click();
    await tab.at('tap-toggle').click();
    const motion = () => tab.page.locator('.wire.tapped').first().evaluate((wire) => getComputedStyle(wire).animationName);
    assert.equal(await motion(), 'none');
    await tab.page.emulateMedia({ reducedMotion: 'no-preference' });
    await tab.until(motion, 'flow', 'the dashes move');
});
