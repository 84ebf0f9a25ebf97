// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a hand can do beside dragging from the palette.
import assert from 'node:assert/strict';
import { select, centre } from './drawing.mjs';
import { line } from './samples.mjs';
import { scenario } from './scenario.mjs';

async function opened({ host, open }, run = false) {
    await (run ? host.deploy(line) : host.keep(line));
    const tab = await open('#/graphs/line');
    await tab.at('node-done').waitFor();
    return tab;
}

async function edges(tab) {
    await tab.save();
    return (await tab.host.json('/api/graphs/line')).edges.map(({ from, to }) => `${from}>${to}`);
}

scenario('a component dropped on a wire is put into it', async (stage) => {
    const tab = await opened(stage, true);
    const wire = await tab.at('wire-read.out>mark.in').boundingBox();
    const pane = await tab.page.locator('.react-flow__pane').boundingBox();
    await tab.page.dragAndDrop('[data-testid="palette-fields/delete"]', '.react-flow__pane', {
        targetPosition: { x: wire.x + wire.width / 2 - pane.x - 14, y: wire.y + wire.height / 2 - pane.y - 1 },
        force: true,
    });
    await tab.at('param-fields').fill('a');
    assert.deepEqual(await edges(tab), ['mark.out>done.in', 'read.out>delete.in', 'delete.out>mark.in']);
});

scenario('a wire dropped on the empty canvas offers what could come next', async (stage) => {
    const tab = await opened(stage);
    const port = await tab.at('port-mark-out-out').boundingBox();
    await tab.page.mouse.move(port.x + 5, port.y + 5);
    await tab.page.mouse.down();
    await tab.page.mouse.move(port.x + 60, port.y + 150, { steps: 6 });
    await tab.page.mouse.up();
    await tab.page.getByRole('combobox', { name: 'Add a node after mark.out' }).waitFor();
    await tab.page.keyboard.type('debug/print');
    await tab.page.keyboard.press('Enter');
    await tab.at('node-print').waitFor();
    assert.ok((await edges(tab)).includes('mark.out>print.in'));
});

scenario('two ports are wired by a click on each, and two outputs are refused with the reason', async (stage) => {
    const tab = await opened(stage);
    await tab.at('port-mark-out-error').click();
    await tab.at('port-done-in-in').click();
    await tab.until(() => tab.page.locator('.react-flow__edge').count(), 3, 'a third wire');
    assert.ok((await edges(tab)).includes('mark.error>done.in'));
    const [x, y] = await centre(tab.at('port-read-out-out'));
    const [toX, toY] = await centre(tab.at('port-mark-out-out'));
    await tab.page.mouse.move(x, y);
    await tab.page.mouse.down();
    await tab.page.mouse.move(toX, toY, { steps: 8 });
    await tab.page.mouse.up();
    await tab.shows('toasts', /read\.out and mark\.out are both outputs; a wire leads from an output to an input/);
    assert.equal(await tab.page.locator('.react-flow__edge').count(), 3);
});

scenario('a right click offers what can be done with a node, and the arrows choose', async (stage) => {
    const tab = await opened(stage);
    await tab.at('node-mark').locator('strong').click({ button: 'right' });
    const menu = tab.page.getByRole('menu');
    await menu.waitFor();
    const chosen = () => tab.page.evaluate(() => document.activeElement?.textContent);
    await tab.until(chosen, 'Connect to…C', 'the first item has the focus');
    await tab.page.keyboard.press('ArrowUp');
    await tab.until(chosen, 'DeleteDel', 'the arrows go round');
    await tab.picture('menu-light');
    await menu.getByRole('menuitem', { name: 'Duplicate' }).click();
    await tab.at('node-mark2').waitFor();
    await tab.page.keyboard.press('Delete');
    await tab.until(() => tab.at('node-mark2').count(), 0, 'deleted');
    await tab.at('node-mark').locator('strong').click({ button: 'right' });
    await menu.waitFor();
    await tab.page.keyboard.press('Escape');
    await tab.until(() => menu.count(), 0, 'Escape closes the menu');
    await tab.page.locator('.react-flow__pane').click({ button: 'right', position: { x: 300, y: 80 } });
    await menu.getByRole('menuitem', { name: 'Add a node…' }).click();
    await tab.page.getByRole('combobox', { name: 'Add a node' }).waitFor();
});

scenario('a node is renamed with its edges, and never into the name of another', async (stage) => {
    const tab = await opened(stage);
    await select(tab, 'mark');
    await tab.at('node-name').fill('done');
    await tab.page.getByText("is another node's name").waitFor();
    await tab.at('node-name').fill('stamp');
    await tab.at('node-name').press('Enter');
    await tab.at('node-stamp').waitFor();
    assert.deepEqual(await edges(tab), ['read.out>stamp.in', 'stamp.out>done.in']);
});

scenario('a box drawn around nodes selects them, and they move together', async (stage) => {
    const tab = await opened(stage);
    const first = await tab.at('node-read').boundingBox();
    const second = await tab.at('node-mark').boundingBox();
    await tab.page.mouse.move(first.x - 20, first.y - 30);
    await tab.page.mouse.down();
    await tab.page.mouse.move(second.x + second.width / 2, second.y + second.height / 2, { steps: 8 });
    await tab.page.mouse.up();
    await tab.shows('inspector', /^2 nodes/);
    await tab.page.locator('.react-flow__node[data-id=read]').focus();
    await tab.page.keyboard.press('ArrowDown');
    await tab.save();
    const { layout } = await stage.host.json('/api/graphs/line');
    assert.deepEqual(layout, { read: [0, 8], mark: [264, 8], done: [528, 0] });
});

scenario('a node that is dragged moves on the grid, in one step', async (stage) => {
    const tab = await opened(stage);
    const { x, y } = await tab.at('node-mark').boundingBox();
    await tab.page.mouse.move(x + 60, y + 12);
    await tab.page.mouse.down();
    await tab.page.mouse.move(x + 143, y + 95, { steps: 10 });
    await tab.page.mouse.up();
    await tab.save();
    const [left, top] = (await stage.host.json('/api/graphs/line')).layout.mark;
    assert.ok(left > 300 && top > 40, `moved to ${left}, ${top}`);
    assert.deepEqual([left % 8, top % 8], [0, 0]);
    await tab.at('undo').click();
    assert.equal(await tab.at('undo').isDisabled(), true, 'one drag is one step');
});
