// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Sets the theme before the first paint; a file of its own because the policy forbids inline scripts.
(() => {
    let kept = null;
    try {
        kept = localStorage.getItem('penstock.theme');
    } catch {
        // Storage may be forbidden; the system's theme will do.
    }
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = kept === 'light' || kept === 'dark' ? kept : dark ? 'dark' : 'light';
})();
