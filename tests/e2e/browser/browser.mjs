// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The browser, and pages that fail their test when they complain, call elsewhere or break the policy.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const pictures = process.env.PENSTOCK_PICTURES ?? '';
const patience = 10_000;
let browser;

export async function openBrowser() {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export async function closeBrowser() {
    await browser?.close();
}

/** A tab at a host. `expected` lists what the console may say, as the browser reports each refused call there. */
export class Tab {
    static async open(host, hash = '', { expected = [], context, storage = {} } = {}) {
        const tab = new Tab();
        tab.host = host;
        tab.expected = expected;
        tab.complaints = [];
        tab.context = context ?? (await browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true }));
        tab.ownsContext = !context;
        if (Object.keys(storage).length > 0)
            await tab.context.addInitScript((kept) => Object.entries(kept).forEach(([key, value]) => localStorage.setItem(key, value)), storage);
        tab.page = await tab.context.newPage();
        tab.page.setDefaultTimeout(patience);
        tab.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && tab.complain(message.text()));
        tab.page.on('pageerror', (error) => tab.complain(error.stack ?? error.message));
        tab.page.on('request', (request) => {
            const address = request.url();
            if (!address.startsWith(host.address) && !address.startsWith('data:') && !address.startsWith('blob:')) tab.complain(`a request to ${address}`);
        });
        await tab.page.goto(`${host.address}/${hash}`);
        return tab;
    }

    complain(text) {
        if (!this.expected.some((pattern) => pattern.test(text))) this.complaints.push(text);
    }

    at(testid) {
        return this.page.getByTestId(testid);
    }

    async close() {
        if (this.ownsContext) await this.context.close();
        else await this.page.close();
        assert.deepEqual(this.complaints, [], 'the page complained');
    }

    /** Waits until a question to the page or the host has the answer; says the last one if it never has. */
    async until(question, expected, what) {
        const deadline = Date.now() + patience;
        let last;
        do {
            last = await question();
            try {
                assert.deepEqual(last, expected);
                return;
            } catch {
                await this.page.waitForTimeout(60);
            }
        } while (Date.now() < deadline);
        assert.deepEqual(last, expected, what);
    }

    async picture(name) {
        if (!pictures) return;
        mkdirSync(pictures, { recursive: true });
        await this.page.screenshot({ path: join(pictures, `${name}.png`) });
    }
}
