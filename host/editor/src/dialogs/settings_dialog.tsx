// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState } from 'react';
import { useDocument } from '../state/document.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';

/** The keys of the graph itself: title, note, lanes, partition_by. */
export function SettingsDialog({ close }: { close: () => void }) {
    const graph = useDocument((state) => state.graph)!;
    const [title, setTitle] = useState(graph.title ?? '');
    const [note, setNote] = useState(graph.note ?? '');
    const [lanes, setLanes] = useState(graph.lanes === undefined ? '' : String(graph.lanes));
    const [partition, setPartition] = useState(graph.partition_by ?? '');
    const wrongLanes = lanes !== '' && !/^[1-9]\d{0,3}$/.test(lanes);
    const wrongPartition = partition !== '' && !/^\/meta\/[^/]+$/.test(partition);
    const take = () => {
        if (wrongLanes || wrongPartition) return;
        useDocument.getState().change((now) => {
            const { title: _, note: __, lanes: ___, partition_by: ____, ...rest } = now;
            return { ...rest, ...(title ? { title } : {}), ...(note ? { note } : {}), ...(lanes ? { lanes: Number(lanes) } : {}), ...(partition ? { partition_by: partition } : {}) };
        });
        close();
    };
    return (
        <Dialog
            title={`About ${graph.name}`}
            close={close}
            footer={
                <>
                    <Button onClick={close}>Cancel</Button>
                    <Button tone="ink" onClick={take} disabled={wrongLanes || wrongPartition}>
                        Take
                    </Button>
                </>
            }
        >
            <form
                onSubmit={(event) => {
                    event.preventDefault();
                    take();
                }}
            >
                <div className="field">
                    <label htmlFor="graph-title">Title</label>
                    <input id="graph-title" value={title} onChange={(event) => setTitle(event.target.value)} data-first />
                </div>
                <div className="field">
                    <label htmlFor="graph-note">Note</label>
                    <textarea id="graph-note" rows={3} value={note} placeholder="for people; the host keeps it" onChange={(event) => setNote(event.target.value)} />
                </div>
                <div className={wrongLanes ? 'field invalid' : 'field'}>
                    <label htmlFor="graph-lanes">Lanes</label>
                    <input id="graph-lanes" className="mono" inputMode="numeric" value={lanes} placeholder="as the host is set" aria-invalid={wrongLanes || undefined} onChange={(event) => setLanes(event.target.value)} />
                    <p className={wrongLanes ? 'field-problem' : 'field-help'}>{wrongLanes ? 'a whole number from 1 to 1024 was expected' : 'How many copies run side by side, a thread each.'}</p>
                </div>
                <div className={wrongPartition ? 'field invalid' : 'field'}>
                    <label htmlFor="graph-partition">Partition by</label>
                    <input id="graph-partition" className="mono" value={partition} placeholder="/meta/id" spellCheck={false} aria-invalid={wrongPartition || undefined} onChange={(event) => setPartition(event.target.value)} />
                    <p className={wrongPartition ? 'field-problem' : 'field-help'}>
                        {wrongPartition ? '/meta/ and a name was expected' : 'Packets with the same value stay in one lane, in order.'}
                    </p>
                </div>
                <button type="submit" hidden />
            </form>
        </Dialog>
    );
}
