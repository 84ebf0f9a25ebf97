// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { IconButton } from '../ui/controls.tsx';
import type { FieldProps } from './field.tsx';

/** A list of texts, a row each; Enter adds one below, and pasting lines adds as many. */
export function TextsField(props: FieldProps) {
    const rows = useRef<HTMLDivElement>(null);
    const items = (props.value ?? props.schema.default ?? []) as string[];
    const shown = items.length === 0 ? [''] : items;

    // At once, so that what is typed next goes to the row that it is meant for.
    const then = (act: () => void, at: number) => {
        flushSync(act);
        const inputs = rows.current?.querySelectorAll('input');
        inputs?.[Math.max(0, Math.min(at, inputs.length - 1))]?.focus();
    };
    const set = (next: string[]) => props.change(next.length === 0 || (next.length === 1 && next[0] === '') ? undefined : next);
    const put = (at: number, ...texts: string[]) => set([...shown.slice(0, at), ...texts, ...shown.slice(at + 1)]);
    return (
        <div className="texts" ref={rows} role="group" aria-describedby={props.described}>
            {shown.map((item, i) => (
                <div className="texts-row" key={i}>
                    <input
                        id={i === 0 ? props.id : undefined}
                        aria-label={`item ${i + 1}`}
                        aria-invalid={props.invalid || undefined}
                        value={item}
                        spellCheck={false}
                        autoComplete="off"
                        data-testid={i === 0 ? props.testid : `${props.testid}-${i}`}
                        onChange={(event) => put(i, event.target.value)}
                        onPaste={(event) => {
                            const lines = event.clipboardData.getData('text').split(/\r?\n|,\s*/).map((line) => line.trim()).filter(Boolean);
                            if (lines.length < 2) return;
                            event.preventDefault();
                            put(i, ...lines);
                        }}
                        onKeyDown={(event) => {
                            if (event.key === 'Enter' && item !== '') {
                                event.preventDefault();
                                then(() => put(i, item, ''), i + 1);
                            } else if (event.key === 'Backspace' && item === '' && shown.length > 1) {
                                event.preventDefault();
                                then(() => put(i), i - 1);
                            }
                        }}
                    />
                    <IconButton icon="close" size={13} label={`Remove item ${i + 1}`} disabled={items.length === 0} onClick={() => put(i)} />
                </div>
            ))}
            <button type="button" className="texts-add" onClick={() => then(() => set([...shown, '']), shown.length)}>
                Add item
            </button>
        </div>
    );
}
