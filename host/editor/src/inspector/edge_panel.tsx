// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { isHot } from '../canvas/wire.tsx';
import { useLive } from '../live/store.ts';
import { useTap } from '../live/tap.ts';
import { historyLength, appended } from '../live/rates.ts';
import { remove, setEdge } from '../model/edit.ts';
import { exact, short } from '../model/format.ts';
import type { Endpoint, GraphEdge } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useView } from '../state/view.ts';
import { Button, IconButton } from '../ui/controls.tsx';
import { Sparkline } from '../ui/sparkline.tsx';
import { useEffect, useRef, useState } from 'react';

/** The course of an edge's rate since it was selected. */
function useCourse(id: string, rate: number | undefined, total: number | undefined): readonly number[] {
    const [course, setCourse] = useState<readonly number[]>([]);
    const of = useRef(id);
    useEffect(() => {
        const isNew = of.current !== id;
        of.current = id;
        setCourse((old) => appended(isNew ? [] : old, rate ?? 0));
    }, [id, rate, total]);
    return course;
}

/** An edge: rate, queue, its capacity, and the tap. */
export function EdgePanel({ edge, id, from, to }: { edge: GraphEdge; id: string; from: Endpoint; to: Endpoint }) {
    const live = useLive(`e:${id}`);
    const canTap = useHost((state) => state.features.live);
    const tapped = useTap((state) => state.edge === id);
    const { start, stop } = useTap.getState();
    const course = useCourse(id, live?.rate, live?.total);
    return (
        <>
            <header className="inspector-head">
                <div>
                    <h2>
                        {from.node} <span className="arrow">→</span> {to.node}
                    </h2>
                    <p className="mono">
                        {from.port} → {to.port}
                    </p>
                </div>
                <IconButton icon="close" label="Close (Esc)" size={15} onClick={() => useView.getState().select([])} />
            </header>
            <div className="inspector-body edge-panel">
                {live ? (
                    <>
                        <div className="figures">
                            <div>
                                <span>Rate</span>
                                <p className="figure">
                                    <b>{short(live.rate)}</b>/s
                                </p>
                            </div>
                            <div className={isHot(live) ? 'hot' : ''}>
                                <span>Queue{isHot(live) ? ': nearly full' : ''}</span>
                                <p className="figure">
                                    <b>{exact(live.depth)}</b>/{exact(live.capacity)}
                                </p>
                            </div>
                            <div>
                                <span>Total</span>
                                <p className="figure">
                                    <b data-testid="edge-total">{exact(live.total)}</b>
                                </p>
                            </div>
                        </div>
                        <div className="chart accent">
                            <Sparkline values={course} width={272} height={48} slots={historyLength} area />
                        </div>
                    </>
                ) : (
                    <p className="notice">This edge is not in the version that runs.</p>
                )}
                {canTap && live && (
                    <>
                        <Button
                            className="wide"
                            tone={tapped ? 'accent' : 'plain'}
                            icon="eye"
                            data-testid="tap-toggle"
                            onClick={() => {
                                if (tapped) return stop();
                                start(id);
                                useView.setState({ drawer: 'tap' });
                            }}
                        >
                            {tapped ? 'Stop tap' : 'Tap'}
                        </Button>
                        <p className="field-help">Samples up to 20 packets a second. The graph is not slowed down.</p>
                    </>
                )}
                <div className="field">
                    <div className="field-head">
                        <label htmlFor="edge-capacity">Capacity</label>
                    </div>
                    <div className="with-unit">
                        <input
                            id="edge-capacity"
                            className="mono"
                            inputMode="numeric"
                            placeholder="256"
                            value={edge.capacity ?? ''}
                            data-testid="edge-capacity"
                            onChange={(event) => {
                                const number = Number(event.target.value);
                                const capacity = event.target.value === '' || !Number.isInteger(number) || number < 1 ? undefined : number;
                                useDocument.getState().change((graph) => setEdge(graph, id, { capacity }), `capacity:${id}`);
                            }}
                        />
                        <span>packets per lane</span>
                    </div>
                </div>
                <Button
                    tone="danger"
                    icon="trash"
                    onClick={() => {
                        useDocument.getState().change((graph) => remove(graph, [], [id]));
                        useView.getState().select([]);
                    }}
                >
                    Remove edge
                </Button>
            </div>
        </>
    );
}
