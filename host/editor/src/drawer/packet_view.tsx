// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import { isObject, writeJson, type Json, type JsonObject } from '../model/json.ts';
import { rowsOf, type Row } from '../model/packet_diff.ts';

const signs = { same: '', added: '+', changed: '~', removed: '−' } as const;

const text = (value: Json) => (typeof value === 'string' ? value : writeJson(value));

function Value({ row }: { row: Row }) {
    return (
        <>
            {row.before !== undefined && <del>{text(row.before)}</del>}
            {row.after !== undefined && <span>{text(row.after)}</span>}
        </>
    );
}

function Table({ title, rows }: { title: string; rows: Row[] }) {
    if (rows.length === 0) return null;
    return (
        <table className="packet-table">
            <caption>{title}</caption>
            <tbody>
                {rows.map((row) => (
                    <tr key={row.key} className={row.kind}>
                        <th scope="row" className="mono">
                            {row.kind !== 'same' && <b aria-label={row.kind}>{signs[row.kind]}</b>}
                            {row.key}
                        </th>
                        <td className="mono">
                            <Value row={row} />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

/** A packet for people: fields, meta, body; beside what they were, if `before` is given. Always text, whatever is in it. */
export function PacketView({ packet, before, children }: { packet: JsonObject; before?: JsonObject | undefined; children?: ReactNode }) {
    const rows = (part: string) => rowsOf(packet[part], before && (before[part] ?? {}));
    const body = typeof packet.data === 'string' ? packet.data : '';
    const wasBody = before && typeof before.data === 'string' ? before.data : body;
    return (
        <div className="packet-view" tabIndex={0} role="group" aria-label="Packet" data-testid="packet">
            {children}
            <Table title="Fields" rows={rows('fields')} />
            <Table title="Meta" rows={rows('meta')} />
            {isObject(packet.field_meta) && <Table title="Meta of fields" rows={rowsOf(packet.field_meta)} />}
            {body !== '' && (
                <>
                    <p className="caption">{body === wasBody ? 'Body' : 'Body, changed'}</p>
                    <pre>{body}</pre>
                </>
            )}
            {body === '' && wasBody !== '' && <p className="caption">Its body is gone.</p>}
        </div>
    );
}

/** A packet in one line. */
export function packetLine(packet: JsonObject): string {
    const fields = isObject(packet.fields) && Object.keys(packet.fields).length > 0 ? packet.fields : null;
    const line = fields ? writeJson(fields) : typeof packet.data === 'string' ? packet.data : writeJson(packet.meta ?? packet);
    return line.length > 600 ? `${line.slice(0, 600)}…` : line;
}
