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
 * Adds a scenario: `play({ host, open })`, where `open` opens a tab, with `fresh` one that no scenario used before.
 * `alone` keeps others from running beside it; with `graphs` or `flags` it has a host that is started with them and is
 * not used again. With `pair`, a folder of packages, it has two hosts side by side, of which the first has these packages;
 * `play` gets the other as `beside`.
 */
export function scenario(name, play, { alone = false, graphs, flags, pair } = {}) {
    scenarios.push({ name, play, alone, graphs, flags, pair });
}

async function newStage({ graphs, flags, pair }) {
    const [host, beside] = pair ? await LiveHost.startPair(pair) : [await LiveHost.start(graphs, flags)];
    return { host, beside, context: await newContext(), page: undefined };
}

async function run({ play, ...wanted }) {
    const isShared = !wanted.graphs && !wanted.flags && !wanted.pair;
    const stage = (isShared && idle.pop()) || (await newStage(wanted));
    const { host, beside, context } = stage;
    const tabs = [];
    let kept; // the tab whose page the next scenario goes on with
    const open = async (hash = '', { fresh = false, ...options } = {}) => {
        const goesOn = !fresh && !kept && isShared;
        const tab = await Tab.open(host, context, hash, goesOn ? { ...options, page: stage.page } : options);
        if (goesOn) kept = tab;
        tabs.push(tab);
        return tab;
    };
    let failure;
    try {
        await play({ host, beside, open });
        if (kept?.page.isClosed()) kept = undefined;
        await kept?.leave();
        await tabs.find((tab) => !tab.page.isClosed())?.page.evaluate(() => localStorage.clear());
    } catch (error) {
        failure = error;
        kept = undefined;
    }
    for (const tab of tabs) if (tab !== kept) await tab.close().catch((error) => (failure ??= error));
    if (!failure && isShared)
        try {
            await context.clearPermissions();
            await host.clear();
        } catch (error) {
            failure = error;
        }
    if (failure || !isShared) await Promise.all([host, beside].filter(Boolean).map((each) => each.stop(failure ? 'SIGKILL' : 'SIGTERM')).concat(context.close()));
    else idle.push({ ...stage, page: kept?.page });
    if (failure) throw failure;
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
