// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { built, countersAgree, records, renames, wires } from './catalogue.mjs';
import { deploy, drag, exported, fillList, select, wire } from './drawing.mjs';
import { LiveHost, program } from './live_host.mjs';
import { scenario } from './scenario.mjs';

scenario('the catalogue is built by mouse, deployed, and counts a thousand packets exactly', async ({ host, open }) => {
    const tab = await open('', { fresh: true });
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

    // What the page writes is canonical: the exported file is, byte for byte, what the host keeps.
    const text = await host.get('/api/graphs/catalogue');
    const { nodes, edges } = JSON.parse(text);
    assert.deepEqual({ nodes, edges }, built);
    const file = await exported(tab, join(host.data, 'exported.json'));
    assert.equal(readFileSync(file, 'utf8'), text);

    const fate = await host.send('POST', '/graphs/catalogue/data/catalogue?ack=processed', records(1000), { 'Content-Type': 'application/x-ndjson' });
    assert.deepEqual([fate.delivered, fate.dropped], [900, 100]);
    await countersAgree(tab, 'catalogue');
    await tab.picture('running-light');

    // And it is valid, and runs from the command line as it is.
    const checked = spawnSync(program, ['validate', file]);
    assert.equal(checked.status, 0, String(checked.stderr));
    const other = await LiveHost.start([file]);
    try {
        assert.equal(await other.stateOf('catalogue'), 'running');
        assert.equal(await other.get('/api/graphs/catalogue'), text);
        const again = await other.send('POST', '/data/catalogue?ack=processed', records(20), { 'Content-Type': 'application/x-ndjson' });
        assert.deepEqual([again.delivered, again.dropped], [18, 2]);
    } finally {
        await other.stop();
    }
});
