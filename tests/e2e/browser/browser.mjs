// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The browser, and pages that fail their test when they complain, call elsewhere or break the policy.
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { chromium } from 'playwright-core';

const pictures = process.env.PENSTOCK_PICTURES ?? '';
const patience = 30_000;
/** The list of graphs asks for the counters of one that was just deleted, by another tab or by a scenario that clears up. */
const meanwhile = /status of 404 .* at \S+\/api\/graphs\/\w+\/stats$/;
let browser;

export async function openBrowser() {
    browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

export async function closeBrowser() {
    await browser?.close();
}

/** A browser with nothing in it: no storage, no permissions. Tabs of one share what was fetched and compiled. */
export function newContext() {
    return browser.newContext({ viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce', acceptDownloads: true });
}

/** A tab at a host. `expected` lists what the console may say, as the browser reports each refused call there. */
export class Tab {
    /** Opens a page, or goes on with one that a scenario before has left at the list of graphs. */
    static async open(host, context, hash = '', { expected = [], storage = {}, page } = {}) {
        const tab = new Tab();
        tab.host = host;
        tab.expected = expected;
        tab.complaints = [];
        tab.context = context;
        tab.page = page ?? (await context.newPage());
        tab.page.setDefaultTimeout(patience);
        tab.page.removeAllListeners();
        tab.page.on('console', (message) => ['error', 'warning'].includes(message.type()) && tab.complain(`${message.text()} at ${message.location().url}`));
        tab.page.on('pageerror', (error) => tab.complain(error.stack ?? error.message));
        tab.page.on('request', (request) => {
            const address = request.url();
            if (!address.startsWith(host.address) && !address.startsWith('data:') && !address.startsWith('blob:')) tab.complain(`a request to ${address}`);
        });
        if (page) await page.evaluate((to) => (location.hash = to), hash || '#/');
        else {
            // Unless a scenario is about the first visit, the hints have been seen. What is there already stays: a reload is no new visit.
            const kept = { 'penstock.hintsSeen': 'yes', ...storage };
            await tab.page.addInitScript((all) => Object.entries(all).forEach(([key, value]) => value === null || localStorage.getItem(key) !== null || localStorage.setItem(key, value)), kept);
            await tab.page.goto(`${host.address}/${hash}`);
        }
        return tab;
    }

    /** Goes back to the list of graphs, for the next scenario; the page closes what belongs to the graph. */
    async leave() {
        await this.page.evaluate(() => {
            document.querySelectorAll('dialog').forEach((each) => each.dispatchEvent(new Event('cancel', { cancelable: true })));
            location.hash = '#/';
        });
        await this.page.locator('.list-page').waitFor();
        assert.deepEqual(this.complaints, [], 'the page complained');
    }

    complain(text) {
        if (![...this.expected, meanwhile].some((pattern) => pattern.test(text))) this.complaints.push(text);
    }

    at(testid) {
        return this.page.getByTestId(testid);
    }

    /** Whether the element with a test id has the focus. */
    hasFocus(testid) {
        return this.at(testid).evaluate((element) => element === document.activeElement || element.contains(document.activeElement), undefined, { timeout: 1000 }).catch(() => false);
    }

    text(testid) {
        return this.at(testid).textContent();
    }

    /** Waits until the text of an element fits. */
    shows(testid, pattern) {
        return this.until(async () => pattern.test((await this.at(testid).count()) > 0 ? await this.text(testid) : ''), true, `${testid} shows ${pattern}`);
    }

    async save() {
        await this.at('save').click();
        await this.saved();
    }

    saved() {
        return this.until(() => this.at('edited').count(), 0, 'saved');
    }

    async close() {
        if (this.page.isClosed()) return;
        await this.page.close();
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
                await pause(40);
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
