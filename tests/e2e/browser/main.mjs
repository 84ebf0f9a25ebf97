// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// node --test main.mjs: all of it in one browser. PENSTOCK is the program, CHROMIUM the browser, PENSTOCK_EXAMPLES and
// PENSTOCK_GATE folders of the tree, PENSTOCK_PICTURES a folder for pictures of what was seen, PENSTOCK_ONLY a part of
// the names of the scenarios that are run, PENSTOCK_EDITOR_DIR a page that is tested instead of that in the program.
import { after, before } from 'node:test';
import { closeBrowser, openBrowser } from './browser.mjs';
import { playAll, stopHosts } from './scenario.mjs';

// The longest first, so that the last does not run alone.
await import('./build_by_keyboard.mjs');
await import('./looks.mjs');
await import('./build_by_mouse.mjs');
await import('./files.mjs');
await import('./editing.mjs');
await import('./running.mjs');
await import('./watching.mjs');
await import('./gestures.mjs');
await import('./panels.mjs');
await import('./beside.mjs');
await import('./token.mjs');
await import('./pages.mjs');
await import('./budgets.mjs');

before(openBrowser);
after(async () => {
    await closeBrowser();
    await stopHosts();
});
playAll(3);
