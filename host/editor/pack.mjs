// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// pack.mjs DIST OUT: writes the files of a folder, each compressed, into the one file that is embedded in the program:
// a line `PATH SIZE` for each, an empty line, then the compressed files one after the other. Fonts are packed already
// by their format; gzip costs them nothing and keeps one way of serving.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

const [dist, out] = process.argv.slice(2);

function files(folder, prefix = '') {
    return readdirSync(folder, { withFileTypes: true })
        .sort((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => (entry.isDirectory() ? files(join(folder, entry.name), posix.join(prefix, entry.name)) : [posix.join(prefix, entry.name)]));
}

const packed = files(dist).map((path) => ({ path, bytes: gzipSync(readFileSync(join(dist, path)), { level: 9 }) }));
const index = packed.map(({ path, bytes }) => `${path} ${bytes.length}\n`).join('');
writeFileSync(out, Buffer.concat([Buffer.from(`${index}\n`), ...packed.map(({ bytes }) => bytes)]));
const total = packed.reduce((sum, { bytes }) => sum + bytes.length, 0);
console.log(`editor: ${packed.length} files, ${total} bytes compressed`);
