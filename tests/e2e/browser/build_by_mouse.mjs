// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { Tab } from './browser.mjs';
import { built, countersAgree, records, renames, wires } from './catalogue.mjs';
import { deploy, drag, fillList, select, wire } from './drawing.mjs';
import { LiveHost } from './live_host.mjs';

const program = process.env.PENSTOCK ?? 'build/release/bin/penstock';

test('the catalogue is built by mouse, deployed, and counts a thousand packets exactly', async () => {
    const host = await LiveHost.start();
    const tab = await Tab.open(host);
    try {
        await tab.at('new-name').fill('catalogue');
        await tab.at('new-go').click();
        await tab.at('canvas').waitFor();
        await tab.picture('empty-light');
        await drag(tab, 'json/read', 'read', 160, 330);
        await drag(tab, 'fields/rename', 'rename', 400, 330);
        await drag(tab, 'route/drop', 'drop', 640, 330);
        await drag(tab, 'search/index', 'index', 640, 520);
        for (const [from, to] of wires) await wire(tab, from, to);

        assert.equal(await tab.at('deploy').isDisabled(), true, 'Deploy waits for the parameters');
        await select(tab, 'rename');
        await fillList(tab, 'param-from', renames.from);
        await fillList(tab, 'param-to', renames.to);
        await select(tab, 'drop');
        await tab.at('param-field').fill('section');
        await tab.at('param-values').fill('oldlibs');
        await select(tab, 'index');
        await tab.at('param-database').fill('catalogue');
        await tab.at('param-id').fill('/fields/name');
        await tab.at('arrange').click();
        await deploy(tab);
        assert.equal(await tab.at('edited').count(), 0);

        // What was written is canonical, valid, and runs from the command line.
        const text = await host.get('/api/graphs/catalogue');
        const { nodes, edges } = JSON.parse(text);
        assert.deepEqual({ nodes, edges }, built);
        const [download] = await Promise.all([tab.page.waitForEvent('download'), exportFile(tab)]);
        const file = join(host.data, 'exported.json');
        await download.saveAs(file);
        const checked = spawnSync(program, ['validate', file]);
        assert.equal(checked.status, 0, String(checked.stderr));
        writeFileSync(join(host.data, 'kept.json'), text);
        assert.equal(spawnSync('cmp', [file, join(host.data, 'kept.json')]).status, 0, 'the exported file is what the host keeps');

        const fate = await host.send('POST', '/graphs/catalogue/data/catalogue?ack=processed', records(1000), { 'Content-Type': 'application/x-ndjson' });
        assert.deepEqual([fate.delivered, fate.dropped], [900, 100]);
        await countersAgree(tab, 'catalogue');
        await tab.picture('running-light');
    } finally {
        await tab.close();
        await host.stop();
    }
});

async function exportFile(tab) {
    await tab.at('more').click();
    await tab.page.getByRole('menuitem', { name: 'Export' }).click();
}
