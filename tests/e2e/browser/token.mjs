// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A host with tokens, and what the page asks its user for.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { line } from './samples.mjs';
import { scenario } from './scenario.mjs';

const program = process.env.PENSTOCK ?? 'build/release/bin/penstock';
const refused = [/the server responded with a status of 40[13]/];

function token(host, name, ...scopes) {
    const words = scopes.flatMap((scope) => ['--scope', scope]);
    return execFileSync(program, ['token', 'new', name, '--data', host.data, ...words], { stdio: ['ignore', 'pipe', 'ignore'] })
        .toString()
        .trim();
}

/** Makes tokens for a host of its own, which is open until then. */
async function close(host) {
    await host.deploy(line);
    const reader = token(host, 'reader', 'read');
    const editor = token(host, 'editor', 'read', 'deploy');
    while ((await fetch(`${host.address}/api/graphs`)).status !== 401) await new Promise((soon) => setTimeout(soon, 20));
    return { reader, editor };
}

scenario(
    'the page asks for a token, goes on with it, and keeps it as long as its tab',
    async ({ host, open }) => {
        const { editor } = await close(host);
        const tab = await open('#/graphs/line', { expected: refused });
        await tab.at('token-dialog').waitFor();
        await tab.page.locator('#token').fill(`pst_${'A'.repeat(43)}`);
        await tab.at('token-go').click();
        await tab.until(() => tab.at('token-why').textContent().then((text) => text.includes('unknown')), true, 'a wrong one is told');
        await tab.picture('token');
        await tab.page.locator('#token').fill(editor);
        await tab.at('token-go').click();
        await tab.at('node-mark').waitFor();
        await tab.until(() => tab.at('token-dialog').count(), 0, 'nobody asks any more');
        await tab.page.reload();
        await tab.at('node-mark').waitFor();
        assert.equal(await tab.page.evaluate(() => Object.keys(localStorage).some((key) => localStorage.getItem(key).includes('pst_'))), false);
        assert.equal(await tab.page.evaluate(() => document.cookie), '');
    },
    { flags: [] },
);

scenario(
    'a token in the address leaves it at once, and opens the live connection',
    async ({ host, open }) => {
        const { reader } = await close(host);
        const tab = await open(`#/graphs/line&token=${reader}`, { expected: refused });
        await tab.at('node-mark').waitFor();
        const watching = tab.page.waitForEvent('websocket');
        await tab.page.reload();
        const socket = await watching;
        await socket.waitForEvent('framereceived');
        assert.equal(await tab.page.evaluate(() => location.href), `${host.address}/#/graphs/line`);
        assert.ok(!socket.url().includes('pst_'));
    },
    { flags: [] },
);

scenario(
    'who may only look is told which scope is missing',
    async ({ host, open }) => {
        const { reader } = await close(host);
        const tab = await open(`#token=${reader}`, { expected: refused });
        await tab.at('graph-line').waitFor();
        await tab.at('new-name').fill('other');
        await tab.at('new-go').click();
        await tab.until(() => tab.page.locator('#new-problem').textContent().then((text) => text.includes('the scope deploy was expected')), true, 'the scope is named');
    },
    { flags: [] },
);
