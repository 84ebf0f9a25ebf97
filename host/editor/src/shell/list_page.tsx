// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { Refused } from '../api/client.ts';
import { graphStats, listGraphs, removeGraph, type Stats, type Summary } from '../api/graphs.ts';
import { rate } from '../live/rates.ts';
import { exact, short } from '../model/format.ts';
import { addressOf } from '../state/route.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';
import { create, example } from './create.ts';
import { Mark, ThemeButton } from './mark.tsx';
import { NewGraph } from './new_graph.tsx';

const refreshEvery = 2000;
const mostWatched = 24;

/** A graph of the list; of one that runs also what is known of it. */
interface Listed extends Summary {
    rate?: number;
    dead?: number;
}

interface Seen {
    time: number;
    accepted: number;
}

/** Adds requests a second and dead letters to the graphs that run, the first of many. */
async function watched(graphs: Summary[], before: Map<string, Seen>, signal: AbortSignal): Promise<Listed[]> {
    const running = graphs.filter((each) => each.state === 'running').slice(0, mostWatched);
    const stats = new Map<string, Stats>();
    await Promise.all(running.map((each) => graphStats(each.name, signal).then((found) => stats.set(each.name, found), () => {})));
    return graphs.map((graph) => {
        const now = stats.get(graph.name);
        if (!now) return graph;
        const time = performance.now();
        const last = before.get(graph.name);
        before.set(graph.name, { time, accepted: now.accepted });
        return { ...graph, rate: rate(last?.accepted, now.accepted, last ? (time - last.time) / 1000 : 0), dead: now.dead };
    });
}

function useGraphs(): { graphs: Listed[] | null; away: string | null; reload: () => void } {
    const [graphs, setGraphs] = useState<Listed[] | null>(null);
    const [away, setAway] = useState<string | null>(null);
    const [round, setRound] = useState(0);
    useEffect(() => {
        const ended = new AbortController();
        const before = new Map<string, Seen>();
        let timer: ReturnType<typeof setTimeout>;
        const ask = async () => {
            try {
                setGraphs(await watched(await listGraphs(ended.signal), before, ended.signal));
                setAway(null);
            } catch (error) {
                if (ended.signal.aborted) return;
                setAway(error instanceof Refused ? error.message : 'The host does not answer. This page goes on trying.');
            }
            timer = setTimeout(() => void ask(), refreshEvery);
        };
        void ask();
        return () => {
            ended.abort();
            clearTimeout(timer);
        };
    }, [round]);
    return { graphs, away, reload: () => setRound((old) => old + 1) };
}

function Row({ graph, reload }: { graph: Listed; reload: () => void }) {
    const [asking, setAsking] = useState(false);
    const [hasPending, setHasPending] = useState(false);
    const remove = async () => {
        try {
            await removeGraph(graph.name, `"${graph.revision}"`, hasPending);
            reload();
        } catch (error) {
            setHasPending(error instanceof Refused && error.status === 409);
            reload(); // it is stopped all the same
            useView.getState().toast((error as Error).message, 'error');
        }
    };
    return (
        <li className="graph-row">
            <a href={addressOf(graph.name)} data-testid={`graph-${graph.name}`}>
                <b>{graph.name}</b>
                <span>{graph.title}</span>
            </a>
            {(graph.dead ?? 0) > 0 && (
                <span className="dead-count" title="Dead letters of this run">
                    <Icon name="inbox" size={14} />
                    {exact(graph.dead!)}
                </span>
            )}
            {graph.rate !== undefined && (
                <span className="rate mono" title="Requests a second">
                    {short(graph.rate)}/s
                </span>
            )}
            <span className={`run-state ${graph.state}`}>
                <i />
                <span>{graph.state}</span>
            </span>
            <span className="mono revision" title="Revision">
                {graph.revision.slice(0, 7)}
            </span>
            {asking ? (
                <span className="asking">
                    <Button tone="danger" onClick={() => void remove()}>
                        {hasPending ? 'Delete, with what is pending' : 'Stop and delete'}
                    </Button>
                    <Button
                        onClick={() => {
                            setAsking(false);
                            setHasPending(false);
                        }}
                    >
                        Keep
                    </Button>
                </span>
            ) : (
                <IconButton icon="trash" label={`Delete ${graph.name}`} onClick={() => setAsking(true)} />
            )}
        </li>
    );
}

function FirstVisit() {
    const start = async () => {
        const problem = await create(example, true);
        if (problem) useView.getState().toast(problem, 'error');
    };
    return (
        <div className="first-visit">
            <h3>No graph yet</h3>
            <p>A graph takes data in, works on it in small components, and hands it on. The example makes packets by itself, so you see them run at once.</p>
            <Button tone="ink" icon="play" data-testid="example" onClick={() => void start()}>
                Start the example
            </Button>
        </div>
    );
}

/** All graphs of this host, and the way to a new one. */
export function ListPage() {
    const { graphs, away, reload } = useGraphs();
    useEffect(() => {
        document.title = 'Penstock';
    }, []);
    return (
        <div className="list-page">
            <header className="top-bar">
                <span className="home">
                    <Mark />
                </span>
                <h1>Penstock</h1>
                <span className="grow" />
                <ThemeButton />
            </header>
            <main>
                <div className="list-head">
                    <h2>Graphs</h2>
                    <NewGraph first={graphs?.length === 0} />
                </div>
                {away && <p className="notice bad">{away}</p>}
                {graphs && graphs.length > 0 && (
                    <ul className="graph-list">
                        {graphs.map((graph) => (
                            <Row key={graph.name} graph={graph} reload={reload} />
                        ))}
                    </ul>
                )}
                {graphs?.length === 0 && <FirstVisit />}
            </main>
        </div>
    );
}
