// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A real `penstock run` on a port of its own, with a data directory that lives as long as the test.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

export const program = process.env.PENSTOCK ?? 'build/release/bin/penstock';
const page = process.env.PENSTOCK_EDITOR_DIR ? ['--editor-dir', process.env.PENSTOCK_EDITOR_DIR] : [];
const startTime = 20_000;

async function freePort() {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address();
    server.close();
    await once(server, 'close');
    return port;
}

export class LiveHost {
    static async start(graphs = [], flags = [], port = undefined) {
        const host = new LiveHost();
        host.arguments = [...graphs, ...flags, ...page];
        host.data = mkdtempSync(join(tmpdir(), 'penstock-browser-'));
        host.port = port ?? (await freePort());
        host.address = `http://127.0.0.1:${host.port}`;
        await host.run();
        return host;
    }

    /** Two hosts side by side, which are peers; the first has packages that the other has not. */
    static async startPair(packages) {
        const ports = [await freePort(), await freePort()];
        const peers = ports.flatMap((port, i) => ['--peers', `${i + 1}=http://127.0.0.1:${port}`]);
        const own = ['--packages', packages];
        return Promise.all(ports.map((port, i) => LiveHost.start([], ['--host-number', String(i + 1), ...peers, ...(i === 0 ? own : [])], port)));
    }

    /** Starts the program, again after a kill on the same port and data. */
    async run() {
        this.output = '';
        this.process = spawn(program, ['run', '--listen', `127.0.0.1:${this.port}`, '--data', this.data, ...this.arguments], { stdio: ['ignore', 'pipe', 'pipe'] });
        for (const stream of [this.process.stdout, this.process.stderr]) stream.on('data', (text) => (this.output = (this.output + text).slice(-8000)));
        const deadline = Date.now() + startTime;
        for (;;) {
            if (this.process.exitCode !== null) throw new Error(`the host ended: ${this.output}`);
            if (await fetch(`${this.address}/livez`).then((answer) => answer.ok, () => false)) return;
            if (Date.now() > deadline) throw new Error(`the host does not answer: ${this.output}`);
            await pause(20);
        }
    }

    async end(signal) {
        if (this.process.exitCode !== null || this.process.signalCode !== null) return;
        const ended = once(this.process, 'exit');
        this.process.kill(signal);
        await ended;
    }

    /** As a power cut would: no time for anything. The worker goes with its supervisor. */
    async kill() {
        await this.end('SIGKILL');
        while (await fetch(`${this.address}/livez`).then(() => true, () => false)) await pause(50);
    }

    async stop(signal = 'SIGTERM') {
        await this.end(signal);
        rmSync(this.data, { recursive: true, force: true });
    }

    /** Takes away what a test has left: graphs with their drafts and what is pending, and dead letters. */
    async clear() {
        for (const { name } of await this.json('/api/graphs')) {
            await this.send('DELETE', `/api/dead-letters?graph=${name}`);
            await this.send('DELETE', `/api/graphs/${name}?discard=true`);
            await fetch(`${this.address}/api/graphs/${name}/draft`, { method: 'DELETE' }); // 404 if there is none
        }
    }

    async get(path) {
        const answer = await fetch(this.address + path);
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${path}: ${answer.status} ${text}`);
        return text;
    }

    async json(path) {
        return JSON.parse(await this.get(path));
    }

    async send(method, path, body, headers = {}) {
        const answer = await fetch(this.address + path, { method, body, headers: { 'Content-Type': 'application/json', ...headers } });
        const text = await answer.text();
        if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
        return text ? JSON.parse(text) : null;
    }

    /** Keeps a graph, an object or its text, without running it. */
    async keep(graph, name = graph.name) {
        await this.send('PUT', `/api/graphs/${name}`, typeof graph === 'string' ? graph : JSON.stringify(graph));
    }

    /** Keeps a graph and runs it. */
    async deploy(graph, name = graph.name) {
        await this.keep(graph, name);
        await this.send('POST', `/api/graphs/${name}/deploy`);
    }

    async stateOf(name) {
        return (await this.json(`/api/graphs/${name}/state`)).state;
    }
}
