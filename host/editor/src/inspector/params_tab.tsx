// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef } from 'react';
import { Field } from '../form/field.tsx';
import type { Component } from '../model/component.ts';
import { setNode, setParam } from '../model/edit.ts';
import type { GraphNode } from '../model/graph.ts';
import { memberOf } from '../model/json.ts';
import { useDocument } from '../state/document.ts';
import type { Placed } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { NameField } from './name_field.tsx';

/** A field for each parameter, then the node's own title, note and name. */
export function ParamsTab(props: { name: string; node: GraphNode; component: Component | undefined; problems: Placed[] }) {
    const { name, node, component, problems } = props;
    const change = useDocument((state) => state.change);
    const wanted = useView((state) => state.field);
    const body = useRef<HTMLDivElement>(null);

    useEffect(() => {
        if (wanted === null) return;
        const field = body.current?.querySelector(wanted === '' ? '[data-field]' : `[data-field="${CSS.escape(wanted)}"]`);
        field?.querySelector<HTMLElement>('input, textarea, select, button:not(.reset)')?.focus();
        field?.scrollIntoView({ block: 'nearest' });
        useView.setState({ field: null });
    }, [wanted, name]);

    const schema = component?.params;
    const known = Object.entries(schema?.properties ?? {});
    const required = new Set(schema?.required ?? []);
    const params = node.params ?? {};
    const strange = Object.keys(params).filter((key) => !memberOf(schema?.properties, key));
    const problemOf = (key: string) => problems.find((each) => each.place.field === key);
    // What must be given stands first; else the order is the component's.
    known.sort(([a], [b]) => Number(required.has(b)) - Number(required.has(a)));
    return (
        <div className="params" ref={body}>
            {!component && <p className="notice bad">This host has no component “{node.component}”. Its parameters are kept as they are.</p>}
            {component && known.length === 0 && <p className="notice">This component has no parameters.</p>}
            {[...known, ...strange.map((key) => [key, {}] as const)].map(([key, each]) => (
                <Field
                    key={`${name}/${key}`}
                    name={key}
                    schema={each}
                    required={required.has(key)}
                    value={memberOf(params, key)}
                    problem={problemOf(key)}
                    testid={`param-${key}`}
                    change={(value) => change((graph) => setParam(graph, name, key, value), `param:${name}:${key}`)}
                />
            ))}
            <hr />
            <div className="field" data-field="title">
                <div className="field-head">
                    <label htmlFor="node-title">Title</label>
                </div>
                <input
                    id="node-title"
                    value={node.title ?? ''}
                    placeholder="what it does here"
                    data-testid="node-title"
                    onChange={(event) => change((graph) => setNode(graph, name, { title: event.target.value || undefined }), `title:${name}`)}
                />
            </div>
            <div className="field" data-field="note">
                <div className="field-head">
                    <label htmlFor="node-note">Note</label>
                </div>
                <textarea
                    id="node-note"
                    rows={2}
                    value={node.note ?? ''}
                    placeholder="for people; the host keeps it"
                    data-testid="node-note"
                    onChange={(event) => change((graph) => setNode(graph, name, { note: event.target.value || undefined }), `note:${name}`)}
                />
            </div>
            <NameField name={name} />
        </div>
    );
}
