// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// node --test main.mjs: all of it in one browser. PENSTOCK is the program, CHROMIUM the browser, PENSTOCK_PICTURES a
// folder for pictures of what was seen.
import { after, before } from 'node:test';
import { closeBrowser, openBrowser } from './browser.mjs';

before(openBrowser);
after(closeBrowser);

await import('./build_by_mouse.mjs');
await import('./build_by_keyboard.mjs');
await import('./editing.mjs');
await import('./running.mjs');
await import('./gestures.mjs');
await import('./looks.mjs');
