// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What editing does: problems and their fields, undo, drafts, and two people at one graph.
import assert from 'node:assert/strict';
import { drag, select } from './drawing.mjs';
import { line } from './samples.mjs';
import { scenario } from './scenario.mjs';

const refused = /status of 412/;

scenario('a broken parameter shows in its field and in the list, keeps Deploy off, and can be mended', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await select(tab, 'mark');
    await tab.at('param-field').fill('');
    await tab.at('param-field-problem').waitFor();
    await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
    assert.match(await tab.at('deploy').getAttribute('title'), /1 problem to solve first/);
    await tab.page.keyboard.press('Escape');
    await tab.page.locator('.react-flow__pane').click({ position: { x: 300, y: 60 } });
    await tab.at('drawer-problems').click();
    await tab.at('problems').getByRole('button').first().click();
    await tab.until(() => tab.hasFocus('param-field'), true, 'the field has the focus');
    await tab.picture('problem-field-light');
    await tab.page.keyboard.type('b');
    await tab.until(() => tab.at('param-field-problem').count(), 0, 'the problem is gone');
    await tab.until(() => tab.at('deploy').isEnabled(), true, 'Deploy is on');
    await tab.save();
    assert.equal((await host.json('/api/graphs/line')).nodes.mark.params.field, 'b');
});

scenario('undo goes back step by step to exactly what was there, and redo forth', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    const before = await host.get('/api/graphs/line');
    await select(tab, 'mark');
    await tab.at('param-value').fill('[1, {"b": null}]');
    await tab.at('node-title').fill('Mark it');
    await tab.at('node-title').blur();
    await drag(tab, 'debug/print', 'print', 500, 560);
    await tab.save();
    const after = await host.json('/api/graphs/line');
    assert.deepEqual(after.nodes.mark, { component: 'fields/set', title: 'Mark it', params: { field: 'a', value: [1, { b: null }] } });
    assert.deepEqual(after.nodes.print, { component: 'debug/print' });
    for (let i = 0; i < 3; ++i) await tab.at('undo').click();
    assert.equal(await tab.at('undo').isDisabled(), true, 'three actions were three steps');
    await tab.save();
    assert.equal(await host.get('/api/graphs/line'), before);
    for (let i = 0; i < 3; ++i) await tab.at('redo').click();
    await tab.save();
    assert.deepEqual(await host.json('/api/graphs/line'), after);
});

scenario('a cycle is allowed, told, and keeps Deploy off', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await tab.at('node-done').locator('strong').click();
    await tab.page.keyboard.press('c');
    await tab.page.getByRole('combobox').waitFor();
    await tab.page.keyboard.type('mark.in');
    await tab.page.keyboard.press('Enter');
    await tab.until(() => tab.page.locator('.wire.cyclic').count(), 2, 'both wires of the cycle are red');
    await tab.shows('toasts', /closes a cycle/);
    await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
    await tab.at('drawer-problems').click();
    await tab.shows('problems', /cycle mark -> done -> mark/);
});

scenario('what the host refuses is shown though the page saw nothing wrong', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line');
    await select(tab, 'mark');
    await tab.at('param-field').fill('${env:PENSTOCK_NOBODY_SETS_THIS}');
    await tab.at('drawer-problems').click();
    await tab.shows('problems', /PENSTOCK_NOBODY_SETS_THIS/);
    await tab.until(() => tab.at('deploy').isDisabled(), true, 'Deploy is off');
});

scenario('two tabs that conflict merge what both did, and neither loses work', async ({ host, open }) => {
    await host.keep(line);
    const one = await open('#/graphs/line', { expected: [refused] });
    const two = await open('#/graphs/line', { expected: [refused] });
    await select(one, 'mark');
    await select(two, 'read');
    await one.at('node-title').fill('From one');
    await two.at('node-title').fill('From two');
    await one.save();
    await two.at('save').click();
    await two.at('conflict').waitFor();
    await two.picture('conflict-light');
    await two.at('conflict-merge').click();
    await two.save();
    const { nodes } = await host.json('/api/graphs/line');
    assert.deepEqual([nodes.mark.title, nodes.read.title], ['From one', 'From two']);
    // And what was taken over can be taken back.
    await two.at('undo').click();
    await two.until(() => two.text('node-mark').then((text) => text.includes('From one')), false, 'undo has the version of before');
});

for (const [choice, title] of [
    ['mine', 'From two'],
    ['theirs', 'From one'],
])
    scenario(`of two versions of one field the reader keeps ${choice}, and undo has the other`, async ({ host, open }) => {
        await host.keep(line);
        const tab = await open('#/graphs/line', { expected: [refused] });
        await select(tab, 'mark');
        await tab.at('node-title').fill('From two');
        const other = { ...line, nodes: { ...line.nodes, mark: { ...line.nodes.mark, title: 'From one' } } };
        await host.keep(other);
        await tab.at('save').click();
        await tab.shows('conflict', /Both changed node mark/);
        await tab.at(`conflict-${choice}`).click();
        await tab.saved();
        await tab.until(() => host.json('/api/graphs/line').then(({ nodes }) => nodes.mark.title), title, choice);
        await tab.at('undo').click();
        if (choice === 'theirs') await tab.shows('node-mark', /From two/);
    });

scenario('of two tabs that draw in one graph one is told that its draft is not kept', async ({ host, open }) => {
    await host.keep(line);
    const tab = await open('#/graphs/line', { expected: [refused] });
    await select(tab, 'mark');
    await tab.at('node-title').fill('First');
    const draft = () => host.json('/api/graphs/line/state').then((state) => state.draft);
    await tab.until(() => draft().then((now) => typeof now), 'string', 'the draft is kept');
    const before = await draft();
    const other = await open('#/graphs/line', { expected: [refused] });
    await select(other, 'read');
    await other.at('node-title').fill('Second');
    await other.until(() => draft().then((now) => now !== before), true, 'who opened the draft goes on with it');
    await tab.at('node-title').fill('First again');
    await tab.shows('toasts', /worked on in another tab/);
    await other.close();
    await tab.save();
});

// In an object that name is there for nothing: the page was blank.
scenario('a node may be named constructor', async ({ host, open }) => {
    await host.keep(JSON.parse(JSON.stringify(line).replaceAll('mark', 'constructor')));
    const tab = await open('#/graphs/line');
    await tab.at('node-constructor').waitFor();
    await select(tab, 'constructor');
    await tab.at('param-value').fill('9007199254740993');
    await tab.save();
    const text = await host.get('/api/graphs/line');
    assert.ok(text.includes('"constructor": { "component": "fields/set", "params": { "field": "a", "value": 9007199254740993 } }'), text);
});
