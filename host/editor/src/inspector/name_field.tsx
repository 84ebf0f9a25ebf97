// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { rename } from '../model/edit.ts';
import { namePattern } from '../model/graph.ts';
import { useDocument } from '../state/document.ts';
import { useView } from '../state/view.ts';

/** The name of a node, by which edges and counters know it; taken when the field is left. */
export function NameField({ name }: { name: string }) {
    const [text, setText] = useState(name);
    const taken = useDocument((state) => text !== name && state.graph?.nodes.has(text) === true);
    useEffect(() => setText(name), [name]);
    const problem = !namePattern.test(text) ? `"${text}" is not a name; [a-z][a-z0-9_]* was expected` : taken ? `"${text}" is another node's name` : null;
    const take = () => {
        if (problem || text === name) return setText(name);
        useDocument.getState().change((graph) => rename(graph, name, text));
        useView.getState().select([text]);
    };
    return (
        <div className={problem ? 'field invalid' : 'field'}>
            <div className="field-head">
                <label htmlFor="node-name">Name</label>
            </div>
            <input
                id="node-name"
                className="mono"
                value={text}
                spellCheck={false}
                autoComplete="off"
                aria-invalid={problem !== null || undefined}
                aria-describedby="node-name-help"
                data-testid="node-name"
                onChange={(event) => setText(event.target.value)}
                onBlur={take}
                onKeyDown={(event) => event.key === 'Enter' && take()}
            />
            <p className={problem ? 'field-problem' : 'field-help'} id="node-name-help">
                {problem ?? 'Edges, counters and dead letters use it.'}
            </p>
        </div>
    );
}
