// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useRef, useState } from 'react';
import { sendData, type Fate } from '../api/data.ts';
import { useFollow } from '../live/follow.ts';
import { liveValue } from '../live/store.ts';
import { exact } from '../model/format.ts';
import { edgesInFlowOrder } from '../model/topology.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { Button } from '../ui/controls.tsx';
import { openDeadLetters } from './dead_filter.ts';
import { Journey } from './journey.tsx';
import { packetLine } from './packet_view.tsx';

const types = ['application/json', 'application/x-ndjson', 'text/plain', 'application/xml', 'application/octet-stream'];
const kept = { text: '{"text": "hello"}', type: types[0]!, route: 'try' };

/** The media type of a file; browsers know none for lines of JSON. */
const typeOf = (file: File) => (/\.(ndjson|jsonl)$/.test(file.name) ? 'application/x-ndjson' : file.type);

function FateView({ fate }: { fate: Fate }) {
    const known = fate.delivered !== undefined;
    return (
        <div className="fate" data-testid="fate" role="status">
            {known ? (
                <dl className="fate-counts">
                    {(
                        [
                            ['Delivered', fate.delivered],
                            ['Dropped', fate.dropped],
                            ['Failed', fate.failed],
                            ['Dead', fate.dead_count],
                        ] as const
                    ).map(([label, count]) => (
                        <div key={label}>
                            <dt>{label}</dt>
                            <dd className="mono">{exact(count ?? 0)}</dd>
                        </div>
                    ))}
                </dl>
            ) : (
                <p className="notice">Accepted; not done within 10 s.</p>
            )}
            {fate.dead?.slice(0, 3).map((each, i) => (
                <p className="notice bad" key={i}>
                    {each.reason}
                </p>
            ))}
            {(fate.dead_count ?? 0) > 0 && (
                <Button icon="inbox" onClick={() => openDeadLetters()}>
                    Dead letters
                </Button>
            )}
            {fate.packets && fate.packets.length > 0 && (
                <div>
                    <h3>Answered with</h3>
                    {fate.packets.slice(0, 20).map((packet, i) => (
                        <pre key={i}>{packetLine(packet)}</pre>
                    ))}
                </div>
            )}
            <Journey />
            <p className="field-help mono">receipt {fate.receipt}</p>
        </div>
    );
}

/** Sends a text or a file into the graph that runs, and tells what became of it. */
export function SendPanel() {
    const graph = useDocument((state) => state.graph)!;
    const state = useHost((host) => host.state?.state);
    const [text, setText] = useState(kept.text);
    const [type, setType] = useState(kept.type);
    const [route, setRoute] = useState(kept.route);
    const [fate, setFate] = useState<Fate | null>(null);
    const [problem, setProblem] = useState('');
    const [sending, setSending] = useState(false);
    const file = useRef<HTMLInputElement>(null);
    Object.assign(kept, { text, type, route });

    const send = async (body: string | Blob, mediaType: string) => {
        setSending(true);
        setFate(null);
        setProblem('');
        const follow = useFollow.getState();
        try {
            // Only edges of the version that runs can be looked at.
            if (useHost.getState().features.live) await follow.begin(edgesInFlowOrder(graph).filter((edge) => liveValue(`e:${edge}`)));
            const answer = await sendData(graph.name, route, mediaType, body);
            follow.settle(answer.receipt, answer.delivered !== undefined);
            setFate(answer);
        } catch (error) {
            follow.end();
            setProblem((error as Error).message);
        } finally {
            setSending(false);
        }
    };
    return (
        <form
            className="split"
            data-testid="send"
            onSubmit={(event) => {
                event.preventDefault();
                void send(text, type);
            }}
        >
            <div className="split-list send-body">
                <div className="send-line">
                    <label>
                        Type
                        <select value={type} onChange={(event) => setType(event.target.value)} data-testid="send-type">
                            {types.map((each) => (
                                <option key={each}>{each}</option>
                            ))}
                        </select>
                    </label>
                    <label>
                        Route
                        <input value={route} onChange={(event) => setRoute(event.target.value)} placeholder="route/id" spellCheck={false} className="mono" data-testid="send-route" />
                    </label>
                    <span className="grow" />
                    <Button icon="upload" onClick={() => file.current?.click()} disabled={sending}>
                        Send a file…
                    </Button>
                    <Button icon="send" tone="ink" type="submit" disabled={sending || state !== 'running' || text === ''} data-testid="send-go">
                        {sending ? 'Sending…' : 'Send'}
                    </Button>
                    <input
                        ref={file}
                        type="file"
                        hidden
                        aria-label="File to send"
                        data-testid="send-file"
                        onChange={(event) => {
                            const chosen = event.target.files?.[0];
                            event.target.value = '';
                            if (chosen) void send(chosen, typeOf(chosen) || type);
                        }}
                    />
                </div>
                <textarea className="mono" aria-label="Body" spellCheck={false} value={text} onChange={(event) => setText(event.target.value)} data-testid="send-text" />
            </div>
            <div className="split-detail">
                {state !== 'running' && <p className="notice">The graph does not run. Deploy it, then send.</p>}
                {problem && (
                    <p className="notice bad" role="alert">
                        {problem}
                    </p>
                )}
                {fate ? <FateView fate={fate} /> : !problem && state === 'running' && <p className="notice">What became of it, and its way through the graph, show here.</p>}
            </div>
        </form>
    );
}
