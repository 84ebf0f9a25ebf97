// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { parseJson, sameJson, writeJson, type Json } from '../model/json.ts';
import type { FieldProps } from './field.tsx';
import { placeholder } from './kind.ts';

function write(value: Json | undefined): string {
    return value === undefined ? '' : writeJson(value, 2);
}

function read(text: string): { value: Json | undefined } | null {
    if (text.trim() === '') return { value: undefined };
    try {
        return { value: parseJson(text) };
    } catch {
        return null;
    }
}

/** Any value as JSON: for what the forms have no control for. What is not JSON yet is kept here and not in the document. */
export function JsonField(props: FieldProps) {
    const [text, setText] = useState(() => write(props.value));
    const typed = read(text);
    useEffect(() => {
        // Undo and the other controls change the value behind the text.
        setText((old) => {
            const now = read(old);
            return now && !sameJson(now.value, props.value) ? write(props.value) : old;
        });
    }, [props.value]);
    const isList = props.schema.type === 'array';
    const note = !typed ? 'not JSON yet' : isList ? 'a JSON list, like ["a", 1]' : 'any JSON: "text", 42, true, {…}, […]';
    return (
        <div className="json-field">
            <textarea
                id={props.id}
                className="mono"
                rows={Math.min(10, Math.max(2, text.split('\n').length))}
                value={text}
                spellCheck={false}
                placeholder={placeholder(props.schema)}
                data-testid={props.testid}
                aria-invalid={props.invalid || !typed || undefined}
                aria-describedby={props.described}
                onChange={(event) => {
                    setText(event.target.value);
                    const now = read(event.target.value);
                    if (now) props.change(now.value);
                }}
            />
            <span className={typed ? 'json-note' : 'json-note bad'} role={typed ? undefined : 'alert'}>
                {note}
            </span>
        </div>
    );
}
