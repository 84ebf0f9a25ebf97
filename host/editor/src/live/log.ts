// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the host says of the open graph while it runs, newest first.
import { create } from 'zustand';

export interface LogLine {
    id: number;
    level: string;
    node?: string;
    message: string;
    ts: string;
}

export const mostLines = 300;

export const useLog = create<{ lines: readonly LogLine[]; unseen: number }>(() => ({ lines: [], unseen: 0 }));

let lines = 0;

export function addLine(line: Omit<LogLine, 'id'>): void {
    const id = ++lines;
    useLog.setState((old) => ({ lines: [{ ...line, id }, ...old.lines].slice(0, mostLines), unseen: old.unseen + 1 }));
}

export function clearLog(): void {
    useLog.setState({ lines: [], unseen: 0 });
}
