// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The tests of the page are scenarios: each has a host and tabs of its own, so that several run side by side. A host and
// the page that is open there are used again, as a person would, when a scenario has left them as they were.
import { describe, it } from 'node:test';
import { newContext, Tab } from './browser.mjs';
import { LiveHost } from './live_host.mjs';

const scenarios = [];
const idle = [];

/**
 * Adds a scenario: `play({ host, open })`, where `open` opens a tab; with `fresh` one that no scenario used before. `alone` keeps others from running beside it; with
 * `graphs` or `flags` it has a host that is started with them and is not used again.
 */
export function scenario(name, play, { alone = false, graphs, flags } = {}) {
    scenarios.push({ name, play, alone, graphs, flags });
}

async function run({ play, graphs, flags }) {
    const isShared = !graphs && !flags;
    const stage = (isShared && idle.pop()) || { host: await LiveHost.start(graphs, flags), context: await newContext(), page: undefined };
    const { host, context } = stage;
    const tabs = [];
    let warm;
    const open = async (hash = '', { fresh = false, ...options } = {}) => {
        const goesOn = !fresh && !warm && isShared;
        const tab = await Tab.open(host, context, hash, goesOn ? { ...options, page: stage.page } : options);
        if (goesOn) warm = tab;
        tabs.push(tab);
        return tab;
    };
    let isFine = false;
    try {
        await play({ host, open });
        if (warm && !warm.page.isClosed()) await warm.leave();
        isFine = true;
    } finally {
        stage.page = isFine && warm && !warm.page.isClosed() ? warm.page : undefined;
        if (isFine) await tabs.find((tab) => !tab.page.isClosed())?.page.evaluate(() => localStorage.clear());
        // A scenario that has failed says why; what a tab complained of then comes second.
        for (const tab of tabs.reverse())
            if (tab.page !== stage.page) await tab.close().catch((error) => (isFine ? Promise.reject(error) : console.error(error.message)));
        if (isFine && isShared) {
            await context.clearPermissions();
            await host.clear();
            idle.push(stage);
        } else await Promise.all([host.stop(), context.close()]);
    }
}

/** Runs all scenarios: so many at a time, then those that want to be alone. */
export function playAll(atOnce) {
    const wanted = scenarios.filter((each) => each.name.includes(process.env.PENSTOCK_ONLY ?? ''));
    const add = (each) => it(each.name, () => run(each));
    describe('the editor', { concurrency: atOnce }, () => wanted.filter((each) => !each.alone).forEach(add));
    describe('the editor, with the machine to itself', { concurrency: 1 }, () => wanted.filter((each) => each.alone).forEach(add));
}

export async function stopHosts() {
    await Promise.all(idle.splice(0).map(({ host }) => host.stop()));
}
