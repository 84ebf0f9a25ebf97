// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The states of the page in light and dark: pictures, and what axe-core finds.
import assert from 'node:assert/strict';
import { everything, findings } from './access.mjs';
import { drag, select } from './drawing.mjs';
import { scenario } from './scenario.mjs';

const examples = process.env.PENSTOCK_EXAMPLES ?? 'examples';
// The other theme has other colours, and is else the same.
const colours = { runOnly: { type: 'rule', values: ['color-contrast'] } };

const tabOf = (tab, name) => tab.page.getByRole('tab', { name }).click();
const text = (tab, words) => tab.page.getByText(words).first().waitFor();
const drawer = async (tab, name, testid) => {
    await tab.at(`drawer-${name}`).click();
    await tab.at(testid).waitFor();
};

// How each state is reached from the one before; a state that is not reached fails.
const states = [
    ['graph', async () => {}],
    ['node', (tab) => select(tab, 'rename')],
    ['ports', (tab) => tabOf(tab, 'Ports').then(() => text(tab, 'to the dead letters'))],
    ['live', (tab) => tabOf(tab, 'Live').then(() => tab.at('counter-received').waitFor())],
    ['docs', (tab) => tabOf(tab, 'Docs').then(() => text(tab, 'Licence'))],
    ['edge', (tab) => tab.at('wire-rename.out>current.in').click().then(() => tab.at('edge-total').waitFor())],
    ['list', (tab) => drawer(tab, 'outline', 'outline')],
    ['lanes', (tab) => drawer(tab, 'lanes', 'lanes')],
    ['send', (tab) => drawer(tab, 'send', 'send').then(() => tab.at('send-go').click()).then(() => tab.at('journey').waitFor())],
    ['dead', (tab) => drawer(tab, 'dead', 'dead-letter')],
    ['problems', (tab) => drag(tab, 'fields/set', 'set', 500, 180).then(() => drawer(tab, 'problems', 'problems'))],
    ['commands', (tab) => tab.page.keyboard.press('Control+k').then(() => tab.page.getByRole('combobox').waitFor())],
];

for (const [theme, rules] of [
    ['light', everything],
    ['dark', colours],
])
    scenario(
        `nothing serious is wrong with access and contrast in thirteen states, ${theme}`,
        async ({ host, open }) => {
            const tab = await open('', { storage: { 'penstock.theme': theme } });
            await tab.at('graph-catalogue').waitFor();
            assert.deepEqual(await findings(tab, rules), [], 'the list of graphs');
            await tab.picture(`list-of-graphs-${theme}`);
            await tab.at('graph-catalogue').click();
            await tab.at('node-index').waitFor();
            const lines = Array.from({ length: 400 }, (_, i) => JSON.stringify({ Package: `p${i}`, Section: i % 9 ? 'utils' : 'oldlibs' })).join('\n');
            await host.send('POST', '/graphs/catalogue/data/c?ack=processed', lines, { 'Content-Type': 'application/x-ndjson' });
            await tab.until(() => tab.at('live-index').getAttribute('data-received'), String(400 - Math.ceil(400 / 9)), 'counters');
            for (const [name, reach] of states) {
                await reach(tab);
                await tab.picture(`${name}-${theme}`);
                assert.deepEqual(await findings(tab, rules), [], name);
            }
        },
        { graphs: [`${examples}/catalogue.json`, `${examples}/search.json`] },
    );
