// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useId, type ReactNode } from 'react';
import type { Schema } from '../model/component.ts';
import { shortMessage } from '../model/problems.ts';
import { writeJson, type Json } from '../model/json.ts';
import { BooleanField, NumberField, SegmentsField, SelectField, SliderField, TextField } from './simple_fields.tsx';
import { JsonField } from './json_field.tsx';
import { fieldKind } from './kind.ts';
import { ObjectField } from './object_field.tsx';
import { TextsField } from './texts_field.tsx';

export interface FieldProps {
    id: string;
    testid: string;
    schema: Schema;
    value: Json | undefined;
    /** `undefined` takes the value away, so that the default holds. */
    change: (value: Json | undefined) => void;
    invalid: boolean;
    described: string;
}

export interface FieldWrapProps {
    name: string;
    schema: Schema;
    required: boolean;
    value: Json | undefined;
    change: (value: Json | undefined) => void;
    problem?: { message: string; expected: string } | undefined;
    testid: string;
}

function label(name: string, schema: Schema): string {
    if (schema.title) return schema.title;
    const words = name.replaceAll('_', ' ');
    return words.charAt(0).toUpperCase() + words.slice(1);
}

function control(kind: ReturnType<typeof fieldKind>, props: FieldProps): ReactNode {
    switch (kind) {
        case 'boolean':
            return <BooleanField {...props} />;
        case 'segments':
            return <SegmentsField {...props} />;
        case 'select':
            return <SelectField {...props} />;
        case 'number':
            return <NumberField {...props} />;
        case 'slider':
            return <SliderField {...props} />;
        case 'text':
        case 'code':
            return <TextField {...props} code={kind === 'code'} />;
        case 'texts':
            return <TextsField {...props} />;
        case 'object':
            return <ObjectField {...props} />;
        case 'json':
            return <JsonField {...props} />;
    }
}

/** One parameter: label, control, what is wrong with it, help. */
export function Field({ name, schema, required, value, change, problem, testid }: FieldWrapProps) {
    const id = useId();
    const kind = fieldKind(schema, value);
    const described = `${id}-help`;
    return (
        <div className={`field ${problem ? 'invalid' : ''} field-${kind}`} data-field={name}>
            <div className="field-head">
                <label htmlFor={id}>
                    {label(name, schema)}
                    {required && (
                        <span className="required" title="required" aria-label="required">
                            {' '}
                            *
                        </span>
                    )}
                </label>
                {value !== undefined && !required && (
                    <button type="button" className="reset" title="Back to the default" onClick={() => change(undefined)}>
                        reset
                    </button>
                )}
            </div>
            {control(kind, { id, testid, schema, value, change, invalid: problem !== undefined, described })}
            <div id={described}>
                {problem && (
                    <p className="field-problem" data-testid={`${testid}-problem`}>
                        {shortMessage(problem)}
                    </p>
                )}
                {schema.description && <p className="field-help">{schema.description}</p>}
                {schema.examples?.map((each) => (
                    <p className="field-help" key={writeJson(each)}>
                        Example: <code className="mono">{writeJson(each)}</code>
                    </p>
                ))}
            </div>
        </div>
    );
}
