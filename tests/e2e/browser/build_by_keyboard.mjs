// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { built, countersAgree, records, renames, wires } from './catalogue.mjs';
import { scenario } from './scenario.mjs';

/** Presses Tab until an element has the focus; each step is one that a person could make. */
async function tabTo(tab, testid, most = 40) {
    for (let i = 0; i < most; ++i) {
        if (await tab.hasFocus(testid)) return;
        await tab.page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${testid}`);
}

async function press(tab, ...keys) {
    for (const key of keys) await tab.page.keyboard.press(key);
}

async function goTo(tab, node) {
    await press(tab, 'Control+k');
    await tab.page.keyboard.type(`go to ${node}`);
    await press(tab, 'Enter');
    await tab.at('inspector').waitFor();
}

scenario('the catalogue is built and deployed with the keyboard alone', async ({ host, open }) => {
    const tab = await open('', { fresh: true });
    const { keyboard } = tab.page;
    await tab.at('new-name').waitFor();
    await tabTo(tab, 'new-name');
    await keyboard.type('catalogue');
    await press(tab, 'Enter');
    await tab.at('canvas').waitFor();

    // Adding: by the search of the palette, and by name.
    for (const component of ['json/read', 'fields/rename', 'route/drop', 'search/index']) {
        const name = component.split('/')[1];
        await press(tab, name === 'read' ? '/' : 'a');
        await keyboard.type(component);
        await press(tab, 'Enter');
        await tab.at(`node-${name}`).waitFor();
        await tab.until(() => tab.page.evaluate(() => document.querySelector('dialog[open]') === null), true, 'the list has closed');
    }

    // Wiring: C on the node that is selected, an output if there are several, then where it leads.
    for (const [from, to] of wires) {
        const [node, port] = from.split('.');
        await goTo(tab, node);
        await press(tab, 'c');
        await keyboard.type(port);
        await press(tab, 'Enter');
        await tab.page.getByRole('combobox', { name: `Where ${from} leads` }).waitFor();
        await keyboard.type(to);
        await press(tab, 'Enter');
    }
    await tab.until(() => tab.page.locator('.react-flow__edge').count(), wires.length, 'three wires');

    // Parameters: E goes into the first field of the selected node, Tab from there on.
    const fill = async (node, fields) => {
        await goTo(tab, node);
        await press(tab, 'e');
        for (const [field, texts] of Object.entries(fields)) {
            await tabTo(tab, `param-${field}`);
            for (const [i, text] of texts.entries()) {
                await keyboard.type(text);
                if (i < texts.length - 1) await press(tab, 'Enter');
            }
        }
    };
    await fill('rename', renames);
    await fill('drop', { field: ['section'], values: ['oldlibs'] });
    await fill('index', { database: ['catalogue'], id: ['/fields/name'] });

    await press(tab, 'Control+s');
    await tab.saved();
    await tab.until(() => tab.at('deploy').isEnabled(), true, 'it can be deployed');
    await press(tab, 'Control+Enter');
    await tab.at('deploy-go').waitFor();
    await press(tab, 'Enter');
    await tab.until(() => host.stateOf('catalogue'), 'running', 'it runs');

    const { nodes, edges } = await host.json('/api/graphs/catalogue');
    assert.deepEqual({ nodes, edges }, built);
    const fate = await host.send('POST', '/graphs/catalogue/data/catalogue?ack=processed', records(100), { 'Content-Type': 'application/x-ndjson' });
    assert.deepEqual([fate.delivered, fate.dropped], [90, 10]);
    await countersAgree(tab, 'catalogue');
});

scenario('nodes are moved, deleted and brought back by keys', async ({ host, open }) => {
    await host.keep({ penstock: 1, name: 'keys', nodes: { read: { component: 'json/read' }, done: { component: 'debug/null' } }, edges: [{ from: 'read.out', to: 'done.in' }], layout: { read: [0, 0], done: [240, 0] } });
    const tab = await open('#/graphs/keys');
    await tab.at('node-read').waitFor();
    const place = () => host.json('/api/graphs/keys').then(({ layout }) => layout.read);
    await tab.page.locator('.react-flow__node[data-id=read]').focus();
    await press(tab, 'Enter', 'ArrowRight', 'ArrowDown', 'Control+s');
    await tab.until(place, [8, 8], 'moved by 8');
    await press(tab, 'ArrowLeft', 'Shift+ArrowLeft', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'Control+s');
    await tab.until(place, [-24, -8], 'keys pressed fast all count');
    await press(tab, 'Delete');
    await tab.until(() => tab.at('node-read').count(), 0, 'deleted');
    assert.equal(await tab.page.locator('.react-flow__edge').count(), 0, 'its wire went with it');
    await press(tab, 'Control+z');
    await tab.until(() => tab.page.locator('.react-flow__edge').count(), 1, 'the node and its wire are back');
    await press(tab, 'Control+Shift+z');
    await tab.until(() => tab.at('node-read').count(), 0, 'deleted again');
    await press(tab, 'Control+z', 'Control+s');
    await tab.saved();
});

scenario('Tab goes from the graph to its tools, to the components, to the nodes and to what is below', async ({ host, open }) => {
    await host.keep({ penstock: 1, name: 'keys', nodes: { read: { component: 'json/read' }, done: { component: 'debug/null' } }, edges: [{ from: 'read.out', to: 'done.in' }], layout: { read: [0, 0], done: [240, 0] } });
    const tab = await open('#/graphs/keys', { fresh: true });
    await tab.at('node-done').waitFor();
    // Where the focus is after each Tab, in the words of the page.
    const seen = [];
    for (let i = 0; i < 50; ++i) {
        await press(tab, 'Tab');
        const here = await tab.page.evaluate(() => {
            const at = document.activeElement;
            if (at?.closest('.react-flow__node')) return `node ${at.closest('.react-flow__node').dataset.id}`;
            const part = ['.top-bar', '.palette', '.canvas-tools', '.bottom-bar'].find((each) => at?.closest(each));
            const ring = at ? getComputedStyle(at).outlineStyle : 'none';
            return part ? `${part}${ring === 'none' ? ' without a ring' : ''}` : (at?.tagName ?? '');
        });
        if (here !== seen.at(-1)) seen.push(here);
        if (here.startsWith('.bottom-bar')) break;
    }
    // Edges are reached by name, and from the ports of their nodes: a graph has too many of them to step through.
    const parts = seen.filter((each) => !['BODY', 'DIV'].includes(each));
    assert.deepEqual(parts, ['.top-bar', '.palette', 'node read', 'node done', '.canvas-tools', '.bottom-bar']);
    // For Tab a category of the palette is one step; arrows go from component to component.
    const rows = tab.page.locator('.palette section').first().locator('.palette-row');
    await rows.first().focus();
    for (const [key, row] of [['ArrowDown', rows.nth(1)], ['End', rows.last()], ['Home', rows.first()], ['ArrowUp', rows.first()]]) {
        await press(tab, key);
        assert.ok(await row.evaluate((at) => at === document.activeElement), key);
    }
    await press(tab, 'Control+k');
    await tab.page.keyboard.type('read.out done.in');
    await press(tab, 'Enter');
    await tab.shows('inspector', /^read → done/);
});
