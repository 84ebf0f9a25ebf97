// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { Refused } from '../api/client.ts';
import { listGraphs, removeGraph, type Summary } from '../api/graphs.ts';
import { addressOf } from '../state/route.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';
import { create, example } from './create.ts';
import { Mark, ThemeButton } from './mark.tsx';
import { NewGraph } from './new_graph.tsx';

const refreshEvery = 2000;

function useGraphs(): { graphs: Summary[] | null; away: string | null; reload: () => void } {
    const [graphs, setGraphs] = useState<Summary[] | null>(null);
    const [away, setAway] = useState<string | null>(null);
    const [round, setRound] = useState(0);
    useEffect(() => {
        const ended = new AbortController();
        let timer: ReturnType<typeof setTimeout>;
        const ask = async () => {
            try {
                setGraphs(await listGraphs(ended.signal));
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

function Row({ graph, reload }: { graph: Summary; reload: () => void }) {
    const [asking, setAsking] = useState(false);
    const remove = async () => {
        try {
            await removeGraph(graph.name, `"${graph.revision}"`);
            reload();
        } catch (error) {
            useView.getState().toast((error as Error).message, 'error');
        }
    };
    return (
        <li className="graph-row">
            <a href={addressOf(graph.name)} data-testid={`graph-${graph.name}`}>
                <b>{graph.name}</b>
                <span>{graph.title}</span>
            </a>
            <span className={`run-state ${graph.state}`}>
                <i />
                {graph.state}
            </span>
            <span className="mono revision">{graph.revision.slice(0, 7)}</span>
            {asking ? (
                <span className="asking">
                    <Button tone="danger" onClick={() => void remove()}>
                        Stop and delete
                    </Button>
                    <Button onClick={() => setAsking(false)}>Keep</Button>
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
            <p>No graph yet. The example makes packets by itself, so you see them run at once.</p>
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
                <h2>Graphs</h2>
                {away && <p className="notice bad">{away}</p>}
                {graphs && graphs.length > 0 && (
                    <ul className="graph-list">
                        {graphs.map((graph) => (
                            <Row key={graph.name} graph={graph} reload={reload} />
                        ))}
                    </ul>
                )}
                {graphs?.length === 0 && <FirstVisit />}
                <NewGraph />
            </main>
        </div>
    );
}
