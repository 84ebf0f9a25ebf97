// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { choicesOf } from '../model/component.ts';
import { numberOf, parseJson, sameJson, writeJson, type Json } from '../model/json.ts';
import type { FieldProps } from './field.tsx';
import { placeholder } from './kind.ts';

const aria = ({ invalid, described }: FieldProps) => ({ 'aria-invalid': invalid || undefined, 'aria-describedby': described });

export function BooleanField(props: FieldProps) {
    const on = (props.value ?? props.schema.default) === true;
    return (
        <button
            type="button"
            role="switch"
            id={props.id}
            className="switch"
            aria-checked={on}
            data-testid={props.testid}
            {...aria(props)}
            onClick={() => props.change(!on)}
        >
            <span />
        </button>
    );
}

export function SegmentsField(props: FieldProps) {
    const chosen = props.value ?? props.schema.default;
    const options = choicesOf(props.schema) as string[];
    return (
        <div className="segments" role="radiogroup" id={props.id} data-testid={props.testid} {...aria(props)}>
            {options.map((option, i) => (
                <button
                    key={option}
                    type="button"
                    role="radio"
                    aria-checked={option === chosen}
                    tabIndex={option === chosen || (i === 0 && !options.includes(String(chosen))) ? 0 : -1}
                    onClick={() => props.change(option)}
                    onKeyDown={(event) => {
                        const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                        if (step === 0) return;
                        event.preventDefault();
                        const next = (i + step + options.length) % options.length;
                        props.change(options[next]!);
                        (event.currentTarget.parentElement?.children[next] as HTMLElement | undefined)?.focus();
                    }}
                >
                    {option}
                </button>
            ))}
        </div>
    );
}

export function SelectField(props: FieldProps) {
    const chosen = String(props.value ?? props.schema.default ?? '');
    const options = choicesOf(props.schema) as string[];
    return (
        <select id={props.id} value={chosen} data-testid={props.testid} {...aria(props)} onChange={(event) => props.change(event.target.value)}>
            {!options.includes(chosen) && <option value={chosen}>{chosen}</option>}
            {options.map((option) => (
                <option key={option}>{option}</option>
            ))}
        </select>
    );
}

const textOf = (value: Json | undefined) => (value === undefined ? '' : typeof value === 'string' ? value : writeJson(value));

/** The number that is typed, with all of its digits; else the text. */
function valueOf(typed: string): Json | undefined {
    const text = typed.trim();
    if (text === '') return undefined;
    if (/^-?(0|[1-9]\d*)(\.\d+)?$/.test(text)) return parseJson(text);
    return Number.isFinite(Number(text)) ? Number(text) : typed;
}

/** Keeps what is typed even if it is no number: then the document holds the text, and its problem is shown. */
export function NumberField(props: FieldProps) {
    const shown = textOf(props.value);
    const [text, setText] = useState(shown);
    useEffect(() => {
        setText((old) => (sameJson(valueOf(old), valueOf(shown)) ? old : shown));
    }, [shown]);
    const unit = props.schema['x-unit'];
    return (
        <div className="with-unit">
            <input
                id={props.id}
                className="mono"
                inputMode="decimal"
                autoComplete="off"
                value={text}
                placeholder={placeholder(props.schema)}
                data-testid={props.testid}
                {...aria(props)}
                onChange={(event) => {
                    const typed = event.target.value;
                    setText(typed);
                    props.change(valueOf(typed));
                }}
            />
            {unit && <span>{unit}</span>}
        </div>
    );
}

export function SliderField(props: FieldProps) {
    const { schema } = props;
    const value = numberOf(props.value ?? schema.default ?? schema.minimum) ?? 0;
    return (
        <div className="slider">
            <input
                id={props.id}
                type="range"
                min={numberOf(schema.minimum)}
                max={numberOf(schema.maximum)}
                step={schema.type === 'integer' ? 1 : 'any'}
                value={value}
                data-testid={props.testid}
                {...aria(props)}
                onChange={(event) => props.change(Number(event.target.value))}
            />
            <output className="mono">
                {value}
                {schema['x-unit'] ? ` ${schema['x-unit']}` : ''}
            </output>
        </div>
    );
}

export function TextField(props: FieldProps & { code: boolean }) {
    const value = textOf(props.value);
    const common = {
        id: props.id,
        value,
        placeholder: placeholder(props.schema),
        'data-testid': props.testid,
        spellCheck: false,
        ...aria(props),
    };
    const change = (text: string) => props.change(text === '' ? undefined : text);
    if (props.code) return <textarea {...common} className="mono" rows={3} onChange={(event) => change(event.target.value)} />;
    return <input {...common} className={props.schema.pattern ? 'mono' : ''} autoComplete="off" onChange={(event) => change(event.target.value)} />;
}
