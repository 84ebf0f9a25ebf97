// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Ten states in light and dark: pictures, and what axe-core finds; weight, speed, and calls to nowhere else.
import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { drag, select } from './drawing.mjs';
import { LiveHost } from './live_host.mjs';

const examples = process.env.PENSTOCK_EXAMPLES ?? 'examples';
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kib = 1024;

/** The findings of axe-core that are serious or worse, contrast included. */
async function findings(tab) {
    // As the debugger it is let past the policy of the page, which allows no such script.
    const session = await tab.context.newCDPSession(tab.page);
    await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
        expression: `axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }).then((found) => JSON.stringify(found.violations
            .filter((each) => ['serious', 'critical'].includes(each.impact))
            .map((each) => each.id + ': ' + each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | '))))`,
        awaitPromise: true,
        returnByValue: true,
    });
    await session.detach();
    return JSON.parse(result.value);
}

const tabOf = (tab, name) => tab.page.getByRole('tab', { name }).click();
const shows = (tab, text) => tab.page.getByText(text).first().waitFor();

// How each state is reached; a state that is not reached fails.
const states = [
    ['graph', async () => {}],
    ['node', (tab) => select(tab, 'rename')],
    ['ports', (tab) => tabOf(tab, 'Ports').then(() => shows(tab, 'to the dead letters'))],
    ['live', (tab) => tabOf(tab, 'Live').then(() => tab.at('counter-received').waitFor())],
    ['docs', (tab) => tabOf(tab, 'Docs').then(() => shows(tab, 'Licence'))],
    ['edge', (tab) => tab.at('wire-rename.out>current.in').click().then(() => tab.at('edge-total').waitFor())],
    ['list', (tab) => tab.at('drawer-outline').click().then(() => tab.at('outline').waitFor())],
    ['send', (tab) => tab.at('drawer-send').click().then(() => tab.at('send').waitFor())],
    ['dead', (tab) => tab.at('drawer-dead').click().then(() => shows(tab, 'None: every packet was processed.'))],
    [
        'problems',
        async (tab) => {
            await drag(tab, 'fields/set', 'set', 500, 180);
            await tab.at('drawer-problems').click();
            await tab.at('problems').waitFor();
        },
    ],
    ['commands', (tab) => tab.page.keyboard.press('Control+k').then(() => tab.page.getByRole('combobox').waitFor())],
];

for (const theme of ['light', 'dark'])
    test(`nothing serious is wrong with access and contrast in ten states, ${theme}`, async () => {
        const host = await LiveHost.start([`${examples}/catalogue.json`, `${examples}/search.json`]);
        const tab = await Tab.open(host, '', { storage: { 'penstock.theme': theme, 'penstock.hintsSeen': 'yes' } });
        try {
            const lines = Array.from({ length: 400 }, (_, i) => JSON.stringify({ Package: `p${i}`, Section: i % 9 ? 'utils' : 'oldlibs' })).join('\n');
            await tab.at('graph-catalogue').waitFor();
            assert.deepEqual(await findings(tab), [], 'the list of graphs');
            await tab.picture(`list-of-graphs-${theme}`);
            await tab.at('graph-catalogue').click();
            await tab.at('node-index').waitFor();
            await host.send('POST', '/graphs/catalogue/data/c?ack=processed', lines, { 'Content-Type': 'application/x-ndjson' });
            await tab.until(() => tab.at('live-index').getAttribute('data-received'), String(400 - Math.ceil(400 / 9)), 'counters');
            for (const [name, reach] of states) {
                await reach(tab);
                await tab.picture(`${name}-${theme}`);
                assert.deepEqual(await findings(tab), [], name);
            }
        } finally {
            await tab.close();
            await host.stop();
        }
    });

test('the theme stays as it was chosen', async () => {
    const host = await LiveHost.start();
    const tab = await Tab.open(host);
    try {
        await tab.at('theme').click();
        const theme = () => tab.page.evaluate(() => document.documentElement.dataset.theme);
        const chosen = await theme();
        await tab.page.reload();
        assert.equal(await theme(), chosen);
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('the first visit starts an example that runs, with three hints', async () => {
    const host = await LiveHost.start();
    const tab = await Tab.open(host);
    try {
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
    } finally {
        await tab.close();
        await host.stop();
    }
});

test('the page is as light as its budget says', async () => {
    const host = await LiveHost.start();
    const tab = await Tab.open(host);
    try {
        const session = await tab.context.newCDPSession(tab.page);
        await session.send('Network.enable');
        const loaded = new Map();
        const names = new Map();
        session.on('Network.responseReceived', ({ requestId, response }) => names.set(requestId, response.url));
        session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => loaded.set(names.get(requestId) ?? '', encodedDataLength));
        await session.send('Network.setCacheDisabled', { cacheDisabled: true });
        await tab.page.reload({ waitUntil: 'networkidle' }).catch(() => {});
        const sum = (pattern) => [...loaded].filter(([name]) => pattern.test(name)).reduce((total, [, size]) => total + size, 0);
        const code = sum(/\.(js|css)$/);
        const fonts = sum(/\.woff2$/);
        console.log(`page: ${Math.round(code / kib)} KiB of code, ${Math.round(fonts / kib)} KiB of fonts; embedded ${Math.round(statSync(process.env.PENSTOCK_PACK).size / kib)} KiB`);
        assert.ok(code > 0 && code <= 190 * kib, `code: ${code} bytes; at most 190 KiB were expected`);
        assert.ok(fonts > 0 && fonts <= 60 * kib, `fonts: ${fonts} bytes; at most 60 KiB were expected`);
        assert.ok(statSync(process.env.PENSTOCK_PACK).size <= 400 * kib, 'embedded: at most 400 KiB were expected');
    } finally {
        await tab.close();
        await host.stop();
    }
});

const budget = 3000;

/** How many frames a second are drawn while something is done. */
async function framesDuring(tab, act) {
    await tab.page.evaluate(() => {
        const seen = (window.frames_seen = []);
        const step = (time) => {
            if (window.frames_seen !== seen) return;
            seen.push(time);
            requestAnimationFrame(step);
        };
        requestAnimationFrame(step);
    });
    await act();
    return tab.page.evaluate(() => {
        const times = window.frames_seen;
        return Math.round((1000 * (times.length - 1)) / (times.at(-1) - times[0]));
    });
}

test('two hundred nodes and three hundred wires are drawn in time', async () => {
    const host = await LiveHost.start();
    const nodes = { n0: { component: 'json/read' } };
    const edges = [];
    const layout = { n0: [0, 0] };
    for (let i = 1; i < 200; ++i) {
        nodes[`n${i}`] = i > 180 ? { component: 'debug/null' } : { component: 'fields/set', params: { field: 'a', value: i } };
        layout[`n${i}`] = [Math.floor(i / 10) * 264, (i % 10) * 144];
        edges.push({ from: `n${Math.max(0, i - 10 > 180 ? 175 : i - 10)}.out`, to: `n${i}.in` });
        if (i % 2 === 0 && i > 20) edges.push({ from: `n${Math.min(i - 19, 180)}.out`, to: `n${i}.in` });
    }
    await host.deploy({ penstock: 1, name: 'large', nodes, edges, layout });
    const tab = await Tab.open(host);
    try {
        const begin = Date.now();
        await tab.page.goto(`${host.address}/#/graphs/large`);
        await tab.page.locator('.react-flow__edge').first().waitFor({ state: 'attached' });
        const first = Date.now() - begin;
        const rest = await framesDuring(tab, () => tab.page.waitForTimeout(1000));
        await tab.page.mouse.move(800, 450);
        const pan = await framesDuring(tab, async () => {
            for (let i = 0; i < 20; ++i) await tab.page.mouse.wheel(0, i < 10 ? 12 : -12);
        });
        const { x, y } = await tab.page.locator('.react-flow__node').nth(90).boundingBox();
        await tab.page.mouse.move(x + 10, y + 8);
        const drag = await framesDuring(tab, async () => {
            await tab.page.mouse.down();
            await tab.page.mouse.move(x + 70, y + 38, { steps: 30 });
            await tab.page.mouse.up();
        });
        console.log(`large graph: first wires after ${first} ms; frames a second: ${rest} at rest, ${pan} while it is moved, ${drag} while a node is`);
        await tab.picture('large-light');
        // A machine that does other work beside this is slower by itself: what is over the budget is told, and far over it fails.
        if (first > budget) console.log(`first wires: after ${first} ms; the budget is ${budget}`);
        assert.ok(first <= 4 * budget, `first wires: after ${first} ms; at most ${4 * budget} were expected`);
    } finally {
        await tab.close();
        await host.stop();
    }
});
