// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { built, countersAgree, records, renames, wires } from './catalogue.mjs';
import { LiveHost } from './live_host.mjs';

/** Presses Tab until an element has the focus; each step is one that a person could make. */
async function tabTo(tab, testid, most = 120) {
    for (let i = 0; i < most; ++i) {
        if (await tab.at(testid).evaluate((element) => element === document.activeElement).catch(() => false)) return;
        await tab.page.keyboard.press('Tab');
    }
    assert.fail(`Tab does not reach ${testid}`);
}

async function type(tab, ...keys) {
    for (const key of keys) await tab.page.keyboard.press(key);
}

test('the catalogue is built and deployed with the keyboard alone', async () => {
    const host = await LiveHost.start();
    const tab = await Tab.open(host);
    const { keyboard } = tab.page;
    try {
        await tab.at('new-name').waitFor();
        await tabTo(tab, 'new-name');
        await keyboard.type('catalogue');
        await type(tab, 'Enter');
        await tab.at('canvas').waitFor();

        // Adding: by the search of the palette, and by name.
        for (const component of ['json/read', 'fields/rename', 'route/drop', 'search/index']) {
            const name = component.split('/')[1];
            if (name === 'read') {
                await type(tab, '/');
                await keyboard.type(component);
                await type(tab, 'Enter');
            } else {
                await type(tab, 'a');
                await keyboard.type(component);
                await type(tab, 'Enter');
            }
            await tab.at(`node-${name}`).waitFor();
            await tab.until(() => tab.page.evaluate(() => document.querySelector('dialog[open]') === null), true, 'the list has closed');
        }

        // Wiring: C on the node that is selected, an output if there are several, then where it leads.
        for (const [from, to] of wires) {
            const [node, port] = from.split('.');
            await type(tab, 'Control+k');
            await keyboard.type(`go to ${node}`);
            await type(tab, 'Enter');
            await type(tab, 'c');
            await keyboard.type(port);
            await type(tab, 'Enter');
            await tab.page.getByRole('combobox', { name: `Where ${from} leads` }).waitFor();
            await keyboard.type(to);
            await type(tab, 'Enter');
        }
        await tab.until(() => tab.page.locator('.react-flow__edge').count(), wires.length, 'three wires');

        // Parameters: a problem in the list leads to its field.
        const fill = async (node, field, texts) => {
            await type(tab, 'Control+k');
            await keyboard.type(`go to ${node}`);
            await type(tab, 'Enter');
            await tab.at('inspector').waitFor();
            await tabTo(tab, `param-${field}`);
            for (const [i, text] of texts.entries()) {
                await keyboard.type(text);
                if (i < texts.length - 1) await type(tab, 'Enter');
            }
        };
        await fill('rename', 'from', renames.from);
        await fill('rename', 'to', renames.to);
        await fill('drop', 'field', ['section']);
        await fill('drop', 'values', ['oldlibs']);
        await fill('index', 'database', ['catalogue']);
        await fill('index', 'id', ['/fields/name']);

        await type(tab, 'Control+s');
        await tab.until(() => tab.at('edited').count(), 0, 'saved');
        await tab.until(() => tab.at('deploy').isEnabled(), true, 'it can be deployed');
        await type(tab, 'Control+Enter');
        await tab.at('deploy-go').waitFor();
        await type(tab, 'Enter');
        await tab.until(() => host.json('/api/graphs/catalogue/state').then(({ state }) => state), 'running', 'it runs');

        const { nodes, edges } = await host.json('/api/graphs/catalogue');
        assert.deepEqual({ nodes, edges }, built);
        const fate = await host.send('POST', '/graphs/catalogue/data/catalogue?ack=processed', records(100), { 'Content-Type': 'application/x-ndjson' });
        assert.deepEqual([fate.delivered, fate.dropped], [90, 10]);
        await countersAgree(tab, 'catalogue');
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('nodes are moved, deleted and brought back by keys', async () => {
    const host = await LiveHost.start();
    await host.send('PUT', '/api/graphs/keys', JSON.stringify({ penstock: 1, name: 'keys', nodes: { read: { component: 'json/read' }, done: { component: 'debug/null' } }, edges: [{ from: 'read.out', to: 'done.in' }], layout: { read: [0, 0], done: [240, 0] } }));
    const tab = await Tab.open(host, '#/graphs/keys');
    try {
        await tab.at('node-read').waitFor();
        const node = tab.page.locator('.react-flow__node[data-id=read]');
        await node.focus();
        await type(tab, 'Enter', 'ArrowRight', 'ArrowDown');
        await type(tab, 'Control+s');
        await tab.until(() => host.json('/api/graphs/keys').then(({ layout }) => layout.read), [8, 8], 'moved by 8');
        await type(tab, 'ArrowLeft', 'Shift+ArrowLeft', 'ArrowUp', 'ArrowUp', 'ArrowRight', 'Control+s');
        await tab.until(() => host.json('/api/graphs/keys').then(({ layout }) => layout.read), [-24, -8], 'keys pressed fast all count');
        await type(tab, 'Delete');
        await tab.until(() => tab.at('node-read').count(), 0, 'deleted');
        assert.equal(await tab.page.locator('.react-flow__edge').count(), 0, 'its wire went with it');
        await type(tab, 'Control+z');
        await tab.until(() => tab.page.locator('.react-flow__edge').count(), 1, 'the node and its wire are back');
        await type(tab, 'Control+Shift+z');
        await tab.until(() => tab.at('node-read').count(), 0, 'deleted again');
        await type(tab, 'Control+z', 'Control+s');
        await tab.until(() => tab.at('edited').count(), 0, 'nothing to save after all');
    } finally {
        await tab.close();
        await host.stop();
    }
});
