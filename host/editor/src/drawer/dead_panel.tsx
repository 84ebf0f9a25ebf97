// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useCallback, useEffect, useState } from 'react';
import { drop, dropAll, listDeadLetters, replay, replayAll, showDeadLetter, type DeadLetter } from '../api/dead_letters.ts';
import { useLive } from '../live/store.ts';
import { clockTime, dateTime, exact } from '../model/format.ts';
import { isObject, parseJson, writeJson, type Json } from '../model/json.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';
import { Button } from '../ui/controls.tsx';
import { useDeadFilter } from './dead_filter.ts';
import { PacketView } from './packet_view.tsx';

function useLetters(graph: string) {
    const { node, reason } = useDeadFilter();
    const dead = useLive('graph')?.dead;
    const [letters, setLetters] = useState<DeadLetter[] | null>(null);
    const [more, setMore] = useState(false);
    const [round, setRound] = useState(0);
    useEffect(() => {
        const ended = new AbortController();
        const filter = { graph, node, reason };
        listDeadLetters(filter, '', ended.signal).then(
            (answer) => {
                setLetters(answer.dead_letters);
                setMore(answer.dead_letters.length === 100);
            },
            (error) => !ended.signal.aborted && useView.getState().toast((error as Error).message, 'error'),
        );
        return () => ended.abort();
    }, [graph, node, reason, dead, round]);
    const reload = useCallback(() => setRound((old) => old + 1), []);
    const older = async () => {
        const answer = await listDeadLetters({ graph, node, reason }, letters?.at(-1)?.id ?? '', new AbortController().signal);
        setLetters((old) => [...(old ?? []), ...answer.dead_letters]);
        setMore(answer.dead_letters.length === 100);
    };
    return { letters, more, older, reload };
}

function Letter({ letter, done }: { letter: DeadLetter; done: () => void }) {
    const [text, setText] = useState<string | null>(null);
    const { toast } = useView.getState();
    const act = async (work: () => Promise<unknown>, said: string) => {
        try {
            await work();
            toast(said, 'good');
            done();
        } catch (error) {
            toast((error as Error).message, 'error');
        }
    };
    const edit = async () => {
        if (text !== null) return setText(null);
        try {
            const whole = letter.packet ?? (await showDeadLetter(letter.id)).packet;
            if (!whole) throw new Error('The packet is not there any more');
            setText(writeJson(whole, 2));
        } catch (error) {
            toast((error as Error).message, 'error');
        }
    };
    const again = () => {
        if (text === null) return act(() => replay(letter.id), 'Sent again');
        let packet: Json;
        try {
            packet = parseJson(text);
        } catch {
            return toast('The packet is not JSON', 'error');
        }
        if (!isObject(packet)) return toast('A packet is an object', 'error');
        return act(() => replay(letter.id, packet), 'Sent again, as edited');
    };
    return (
        <div data-testid="dead-letter">
            <div className="split-tools">
                <Button icon="refresh" tone="ink" onClick={() => void again()} data-testid="dead-replay">
                    {text === null ? 'Replay' : 'Replay as edited'}
                </Button>
                <Button icon="code" onClick={() => void edit()} data-testid="dead-edit">
                    {text === null ? 'Edit' : 'Do not edit'}
                </Button>
                <Button icon="trash" tone="danger" onClick={() => void act(() => drop(letter.id), 'Dropped')} data-testid="dead-drop">
                    Drop
                </Button>
            </div>
            <p className="notice bad">{letter.reason}</p>
            <p className="field-help">
                at <b className="mono">{letter.node}</b> ({letter.component}), attempt {letter.attempts}, {dateTime(letter.time)}
            </p>
            {text === null ? (
                letter.packet ? <PacketView packet={letter.packet} /> : <p className="notice">Its {exact(letter.left_out_bytes ?? 0)} bytes are not shown here: edit it to see them.</p>
            ) : (
                <textarea
                    className="mono"
                    rows={10}
                    aria-label="Packet"
                    value={text}
                    spellCheck={false}
                    onChange={(event) => setText(event.target.value)}
                    data-testid="dead-packet"
                />
            )}
        </div>
    );
}

/** The packets that nobody could process: filter, look, edit, try again, let go. */
export function DeadPanel() {
    const graph = useDocument((state) => state.graph)!;
    const filter = useDeadFilter();
    const { letters, more, older, reload } = useLetters(graph.name);
    const [chosen, setChosen] = useState<string | null>(null);
    const open = letters?.find((each) => each.id === chosen) ?? letters?.[0];
    const { toast } = useView.getState();
    const scope = { graph: graph.name, node: filter.node, reason: filter.reason };
    const all = async (work: () => Promise<string>) => {
        try {
            toast(await work());
            reload();
        } catch (error) {
            toast((error as Error).message, 'error');
        }
    };
    return (
        <div className="split" data-testid="dead">
            <div className="split-list">
                <div className="send-line">
                    <select aria-label="Node" value={filter.node} onChange={(event) => useDeadFilter.setState({ node: event.target.value })}>
                        <option value="">all nodes</option>
                        {[...graph.nodes.keys()].map((name) => (
                            <option key={name}>{name}</option>
                        ))}
                    </select>
                    <input placeholder="part of the reason" aria-label="Part of the reason" value={filter.reason} onChange={(event) => useDeadFilter.setState({ reason: event.target.value })} />
                    <span className="grow" />
                    <Button
                        disabled={!letters?.length}
                        onClick={() =>
                            void all(async () => {
                                const answer = await replayAll(scope);
                                return `${answer.replayed} sent again${answer.refused > 0 ? `, ${answer.refused} refused: ${answer.why}` : ''}`;
                            })
                        }
                    >
                        Replay all
                    </Button>
                    <Button tone="danger" disabled={!letters?.length} onClick={() => void all(async () => `${(await dropAll(scope)).dropped} dropped`)}>
                        Drop all
                    </Button>
                </div>
                <table className="rows">
                    <thead>
                        <tr>
                            <th>Time</th>
                            <th>Node</th>
                            <th>Reason</th>
                        </tr>
                    </thead>
                    <tbody>
                        {letters?.map((letter) => (
                            <tr key={letter.id} aria-selected={letter === open} onClick={() => setChosen(letter.id)}>
                                <td>
                                    <button type="button" className="row-button" onFocus={() => setChosen(letter.id)}>
                                        {clockTime(letter.time)}
                                    </button>
                                </td>
                                <td>{letter.node}</td>
                                <td className="payload">{letter.reason}</td>
                            </tr>
                        ))}
                    </tbody>
                </table>
                {letters?.length === 0 && <p className="drawer-empty">{filter.node || filter.reason ? 'None fits.' : 'None: every packet was processed.'}</p>}
                {more && (
                    <Button tone="quiet" onClick={() => void older()}>
                        Older than these {exact(letters?.length ?? 0)}
                    </Button>
                )}
            </div>
            <div className="split-detail">{open && <Letter key={open.id} letter={open} done={reload} />}</div>
        </div>
    );
}
