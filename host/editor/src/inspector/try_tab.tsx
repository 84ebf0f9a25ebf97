// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { Refused } from '../api/client.ts';
import { tryComponent, type Tried } from '../api/tries.ts';
import { useTap } from '../live/tap.ts';
import type { Component } from '../model/component.ts';
import type { GraphNode } from '../model/graph.ts';
import { isObject, parseJson, writeJson, type Json, type JsonObject } from '../model/json.ts';
import { PacketView } from '../drawer/packet_view.tsx';
import { Button } from '../ui/controls.tsx';

// What was typed for each node, while the page is open.
const samples = new Map<string, string>();
const example = writeJson({ fields: { text: 'hello' }, meta: {} }, 2);

function packetsOf(text: string): JsonObject[] | string {
    let value: Json;
    try {
        value = parseJson(text);
    } catch {
        return 'the packet is not JSON';
    }
    const list = Array.isArray(value) ? value : [value];
    return list.every(isObject) ? (list as JsonObject[]) : 'a packet, or a list of packets, was expected';
}

/** What a packet that came out was before, if that can be told: as many came out as went in. */
function beforeOf(given: readonly JsonObject[], came: readonly JsonObject[], at: number): JsonObject | undefined {
    return given.length === came.length ? given[at] : undefined;
}

function Result({ tried, given }: { tried: Tried; given: readonly JsonObject[] }) {
    const outputs = Object.entries(tried.outputs);
    return (
        <div data-testid="try-result">
            <p className="field-help">{tried.milliseconds} ms, in a process of its own</p>
            {outputs.map(([port, packets]) => (
                <div key={port}>
                    <h3>
                        <span className="mono">{port}</span> · {packets.length}
                    </h3>
                    {packets.map((packet, i) => (
                        <PacketView key={i} packet={packet} before={beforeOf(given, packets, i)} />
                    ))}
                </div>
            ))}
            {tried.failed.map(({ reason, packet }, i) => (
                <div key={i}>
                    <p className="notice bad">{reason}</p>
                    <PacketView packet={packet} />
                </div>
            ))}
            {outputs.every(([, packets]) => packets.length === 0) && tried.failed.length === 0 && <p className="notice">Nothing came out.</p>}
        </div>
    );
}

/** Runs this node, as it is here, on a packet: before and after. */
export function TryTab({ name, node, component }: { name: string; node: GraphNode; component: Component }) {
    const [text, setText] = useState(samples.get(name) ?? example);
    const [result, setResult] = useState<{ tried: Tried; given: readonly JsonObject[] } | null>(null);
    const [problem, setProblem] = useState<string[]>([]);
    const [running, setRunning] = useState(false);
    const pinned = useTap((state) => state.pinned);
    const [input, setInput] = useState(component.inputs[0]?.name ?? 'in');

    const set = (next: string) => {
        samples.set(name, next);
        setText(next);
    };
    const run = async () => {
        const packets = packetsOf(text);
        setResult(null);
        if (typeof packets === 'string') return setProblem([packets]);
        setRunning(true);
        setProblem([]);
        try {
            setResult({ tried: await tryComponent(node.component, node.params ?? {}, packets, input), given: packets });
        } catch (error) {
            const told = error instanceof Refused ? error.problems.map((each) => `${each.pointer}: ${each.message}; ${each.expected}`) : [];
            setProblem(told.length > 0 ? told : [(error as Error).message]);
        } finally {
            setRunning(false);
        }
    };
    if (component.inputs.length === 0) return <p className="notice">This component takes no packets.</p>;
    return (
        <div className="try-tab">
            <div className="field">
                <div className="field-head">
                    <label htmlFor="try-packet">Packet in</label>
                    {pinned && (
                        <button type="button" className="reset" onClick={() => set(writeJson(pinned.packet, 2))}>
                            use the pinned one
                        </button>
                    )}
                </div>
                <textarea id="try-packet" className="mono" rows={8} spellCheck={false} value={text} onChange={(event) => set(event.target.value)} data-testid="try-packet" />
                {component.inputs.length > 1 && (
                    <select aria-label="Input" value={input} onChange={(event) => setInput(event.target.value)}>
                        {component.inputs.map((port) => (
                            <option key={port.name}>{port.name}</option>
                        ))}
                    </select>
                )}
            </div>
            <Button icon="flask" className="wide" disabled={running} onClick={() => void run()} data-testid="try-run">
                {running ? 'Running…' : 'Try'}
            </Button>
            {problem.map((each) => (
                <p className="notice bad" key={each} role="alert">
                    {each}
                </p>
            ))}
            {result && <Result {...result} />}
        </div>
    );
}
