// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What axe-core finds on a page.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const everything = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] };

/** The findings of axe-core that are serious or worse. */
export async function findings(tab, rules) {
    // As the debugger it is let past the policy of the page, which allows no such script.
    const session = await tab.context.newCDPSession(tab.page);
    if (!(await tab.page.evaluate(() => 'axe' in window))) await session.send('Runtime.evaluate', { expression: axe });
    const { result } = await session.send('Runtime.evaluate', {
        expression: `axe.run(document, ${JSON.stringify({ ...rules, resultTypes: ['violations'] })}).then((found) => JSON.stringify(found.violations
            .filter((each) => ['serious', 'critical'].includes(each.impact))
            .map((each) => each.id + ': ' + each.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? '')).join(' | '))))`,
        awaitPromise: true,
        returnByValue: true,
    });
    await session.detach();
    return JSON.parse(result.value);
}
