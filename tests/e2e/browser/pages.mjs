// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Pages that graphs make: they stand on the same host as the editor, and may not act as it.
import assert from 'node:assert/strict';
import { scenario } from './scenario.mjs';

const hostile = `<!doctype html><title>made</title>
<script>document.title = 'ran'; fetch('/api/graphs/pages/stop', { method: 'POST' })</script>
<img src="/api/graphs" onerror="document.title = 'ran'">
<iframe src="/graphs/pages/data/page?q=frame"></iframe>
<a id="link" href="?q=link">link</a>
<form><input name="q" value="form"><button id="send">send</button></form>
<form method="post" action="/api/graphs/pages/stop"><button id="stop">stop</button></form>`;

const pages = {
    penstock: 1,
    name: 'pages',
    nodes: {
        read: { component: 'json/read' },
        make: { component: 'fields/set', params: { field: 'body', value: hostile } },
        answer: { component: 'http/reply', params: { raw: true } },
    },
    edges: [
        { from: 'read.out', to: 'make.in' },
        { from: 'make.out', to: 'answer.in' },
    ],
};

const refusedByTheBrowser = [/sandboxed/, /Content Security Policy/, /status of 403/, /SecurityError/];

scenario('a page that a graph makes runs nothing and calls nothing, and its links and forms lead on', async ({ host, open }) => {
    await host.deploy(pages);
    const { page } = await open('', { fresh: true, expected: refusedByTheBrowser });
    await page.goto('about:blank'); // what the editor still loads is none of the made page's
    const asked = [];
    page.on('response', (answer) => asked.push(`${answer.request().method()} ${answer.url().replace(host.address, '')} ${answer.status()}`));
    await page.setExtraHTTPHeaders({ 'X-Meta-Mimetype': 'text/html' }); // what a node in between would say
    await page.goto(`${host.address}/graphs/pages/data/page`);
    await page.locator('#link').click();
    await page.waitForURL(/q=link/);
    await page.locator('#send').click();
    await page.waitForURL(/q=form/);
    assert.equal(await page.title(), 'made');
    const refused = page.waitForResponse(/stop/);
    await page.locator('#stop').click();
    await refused;
    assert.deepEqual(asked, [
        'GET /graphs/pages/data/page 200',
        'GET /graphs/pages/data/page?q=link 200',
        'GET /graphs/pages/data/page?q=form 200',
        'POST /api/graphs/pages/stop 403',
    ]);
    await page.setExtraHTTPHeaders({});
    await page.goto(`${host.address}/`);
});
