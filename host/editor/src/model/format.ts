// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** A count in few characters: 950, 1.2k, 48k, 3.4M. */
export function short(value: number): string {
    const units = ['', 'k', 'M', 'G', 'T'];
    let scaled = Math.abs(value);
    let unit = 0;
    while (scaled >= 999.5 && unit < units.length - 1) {
        scaled /= 1000;
        ++unit;
    }
    const digits = unit > 0 && scaled < 9.95 ? 1 : scaled > 0 && scaled < 0.95 ? 1 : 0;
    return `${value < 0 ? '-' : ''}${scaled.toFixed(digits)}${units[unit]}`;
}

const grouped = new Intl.NumberFormat('en-US');

/** An exact count: 48,213. */
export function exact(value: number): string {
    return grouped.format(value);
}

/** A count with its noun: 1 node, 2 nodes. */
export function counted(value: number, noun: string): string {
    return `${exact(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** Bytes with binary units: 512 B, 1.5 KiB. */
export function bytes(value: number): string {
    const units = ['B', 'KiB', 'MiB', 'GiB'];
    let scaled = value;
    let unit = 0;
    while (scaled >= 1024 && unit < units.length - 1) {
        scaled /= 1024;
        ++unit;
    }
    return `${unit > 0 && scaled < 10 ? scaled.toFixed(1) : Math.round(scaled)} ${units[unit]}`;
}

/** Day and time of an RFC 3339 text, in the zone of the reader: 26 Nov 2026, 14:01:14. */
export function dateTime(text: string): string {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) return text;
    return time.toLocaleString('en-GB', { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** The time of day of an RFC 3339 text, in the zone of the reader: 14:01:14.096. */
export function clockTime(text: string): string {
    const time = new Date(text);
    if (Number.isNaN(time.getTime())) return text;
    return `${time.toLocaleTimeString('en-GB')}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
