// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The live connection: rates twice a second, state, problems, and the packets of the tap. See docs/live.md of the host.
import { keptToken, protocolsOf } from '../api/token.ts';
import { parseJson } from '../model/json.ts';
import { refreshState } from '../state/actions.ts';
import { useView } from '../state/view.ts';
import { useFollow } from './follow.ts';
import { takeFrame, type Frame } from './frame.ts';
import { addLine, clearLog } from './log.ts';
import { setLive } from './store.ts';
import { useTap, type TappedPacket } from './tap.ts';

const firstRetry = 500;
const longestRetry = 10_000;
const tapRate = 20;
const tapBytes = 4096;
const followRate = 200;

type Message =
    | { type: 'state'; state: string; revision: string | null; lanes: number }
    | ({ type: 'stats' } & Frame)
    | ({ type: 'packet'; edge: string } & TappedPacket)
    | { type: 'tapped'; edge: string }
    | { type: 'tap_dropped'; edge: string; n: number }
    | { type: 'problem'; detail: string }
    | { type: 'log'; level: string; node?: string; message: string; ts: string };

function take(message: Message): void {
    const tap = useTap.getState();
    switch (message.type) {
        case 'state':
            setLive('state', message.state);
            void refreshState();
            break;
        case 'stats':
            takeFrame(message);
            break;
        case 'packet':
            if (message.edge === tap.edge) tap.take(message);
            useFollow.getState().take(message.edge, message);
            break;
        case 'tapped':
            useFollow.getState().tapped(message.edge);
            break;
        case 'tap_dropped':
            if (message.edge === tap.edge) useTap.setState({ dropped: tap.dropped + message.n });
            useFollow.getState().lose(message.edge, message.n);
            break;
        case 'problem':
            useView.getState().toast(message.detail, 'error');
            addLine({ level: 'problem', message: message.detail, ts: new Date().toISOString() });
            break;
        case 'log':
            addLine(message);
            break;
    }
}

/** Reads a message; a packet in it with all digits of its numbers. */
function read(text: string): Message {
    const message = JSON.parse(text) as Message;
    return message.type === 'packet' ? (parseJson(text) as unknown as Message) : message;
}

/** Keeps a live connection to a graph, and its tap across reconnections. Returns the end of it. */
export function connectLive(graph: string): () => void {
    let socket: WebSocket | undefined;
    let retry = firstRetry;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let ended = false;
    const say = (message: object) => socket?.readyState === WebSocket.OPEN && socket.send(JSON.stringify(message));
    const tap = (edge: string | null, rate = tapRate) => edge && say({ type: 'tap', edge, rate, max_bytes: tapBytes });

    const open = () => {
        const address = new URL('/api/live', location.href);
        address.protocol = address.protocol.replace('http', 'ws');
        address.searchParams.set('graph', graph);
        address.hash = '';
        socket = new WebSocket(address, protocolsOf(keptToken()));
        socket.onopen = () => {
            retry = firstRetry;
            tap(useTap.getState().edge);
        };
        socket.onmessage = (event) => take(read(event.data as string));
        socket.onclose = () => {
            if (ended) return;
            timer = setTimeout(open, retry);
            retry = Math.min(2 * retry, longestRetry);
        };
    };

    const end = useTap.subscribe((now, before) => {
        if (now.edge === before.edge) return;
        if (before.edge) say({ type: 'untap', edge: before.edge });
        tap(now.edge);
    });
    const endFollow = useFollow.subscribe((now, before) => {
        if (now.edges === before.edges) return;
        const own = useTap.getState().edge;
        for (const edge of before.edges) edge === own ? tap(edge) : say({ type: 'untap', edge });
        for (const edge of now.edges) tap(edge, followRate);
    });
    clearLog();
    open();
    return () => {
        ended = true;
        clearTimeout(timer);
        end();
        endFollow();
        useFollow.getState().end();
        useFollow.getState().clear();
        socket?.close();
    };
}
