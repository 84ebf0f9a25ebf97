// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { checkValue } from '../model/check_params.ts';
import { isObject, memberOf, type JsonObject } from '../model/json.ts';
import { Field, type FieldProps } from './field.tsx';

/** An object with known keys: a field for each, indented. */
export function ObjectField(props: FieldProps) {
    const value: JsonObject = isObject(props.value) ? props.value : {};
    const required = props.schema.required ?? [];
    return (
        <fieldset className="object-field" id={props.id} data-testid={props.testid} aria-describedby={props.described}>
            {Object.entries(props.schema.properties ?? {}).map(([key, schema]) => (
                <Field
                    key={key}
                    name={key}
                    schema={schema}
                    required={required.includes(key)}
                    value={memberOf(value, key)}
                    problem={Object.hasOwn(value, key) ? (checkValue(schema, value[key]!) ?? undefined) : undefined}
                    testid={`${props.testid}-${key}`}
                    change={(next) => {
                        const { [key]: _, ...others } = value;
                        const now = next === undefined ? others : { ...value, [key]: next };
                        props.change(Object.keys(now).length === 0 ? undefined : now);
                    }}
                />
            ))}
        </fieldset>
    );
}
