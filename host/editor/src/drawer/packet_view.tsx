// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { ReactNode } from 'react';
import { isObject, type JsonObject } from '../model/json.ts';

function Table({ title, rows }: { title: string; rows: JsonObject }) {
    const entries = Object.entries(rows);
    if (entries.length === 0) return null;
    return (
        <table className="packet-table">
            <caption>{title}</caption>
            <tbody>
                {entries.map(([key, value]) => (
                    <tr key={key}>
                        <th scope="row" className="mono">
                            {key}
                        </th>
                        <td className="mono">{typeof value === 'string' ? value : JSON.stringify(value)}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

/** A packet for people: fields, meta, body. Always text, whatever is in it. */
export function PacketView({ packet, children }: { packet: JsonObject; children?: ReactNode }) {
    return (
        <div className="packet-view" tabIndex={0} role="group" aria-label="Packet" data-testid="packet">
            {children}
            {isObject(packet.fields) && <Table title="Fields" rows={packet.fields} />}
            {isObject(packet.meta) && <Table title="Meta" rows={packet.meta} />}
            {isObject(packet.field_meta) && <Table title="Meta of fields" rows={packet.field_meta} />}
            {typeof packet.data === 'string' && packet.data !== '' && (
                <>
                    <p className="caption">Body</p>
                    <pre>{packet.data}</pre>
                </>
            )}
        </div>
    );
}

/** A packet in one line. */
export function packetLine(packet: JsonObject): string {
    const fields = isObject(packet.fields) && Object.keys(packet.fields).length > 0 ? packet.fields : null;
    const text = fields ? JSON.stringify(fields) : typeof packet.data === 'string' ? packet.data : JSON.stringify(packet.meta ?? packet);
    return text.length > 600 ? `${text.slice(0, 600)}…` : text;
}
