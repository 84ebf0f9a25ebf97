// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
import { defineConfig } from 'vite';

// `PENSTOCK_HOST=http://127.0.0.1:8080 npx --no-install vite` edits the page against a host.
// Only what is used of it; the types of Node would be a package more.
declare const process: { env: Record<string, string | undefined> };

const host = process.env.PENSTOCK_HOST ?? 'http://127.0.0.1:8080';
const proxied = { target: host, changeOrigin: true, ws: true };

export default defineConfig({
    base: '/',
    build: {
        target: 'es2022',
        assetsInlineLimit: 0, // the policy of the page allows no fonts or scripts in data: addresses
        modulePreload: { polyfill: false },
        reportCompressedSize: false,
        rollupOptions: {
            output: {
                manualChunks: (id) =>
                    /node_modules\/(react|react-dom|scheduler|zustand|@xyflow|d3-|classcat|use-sync)/.test(id)
                        ? 'vendor'
                        : undefined,
            },
        },
    },
    worker: { format: 'es' },
    server: { proxy: { '/api': proxied, '/graphs': proxied, '/data': proxied, '/openapi.json': proxied, '/receipts': proxied } },
});
