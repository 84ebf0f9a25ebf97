// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState, type FormEvent } from 'react';
import { emptyGraph, graphNamePattern } from '../model/graph.ts';
import { parseGraph } from '../model/read.ts';
import { Button } from '../ui/controls.tsx';
import { create } from './create.ts';
import { pickFile } from './import.ts';

/** Makes an empty graph by its name, or one of a file. On a first visit the example is the first choice. */
export function NewGraph({ first }: { first: boolean }) {
    const [name, setName] = useState('');
    const [problem, setProblem] = useState<string | null>(null);
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        if (!graphNamePattern.test(name)) return setProblem('A name begins with a-z, then a-z, 0-9, _ or -, at most 64 characters.');
        setProblem(await create(emptyGraph(name), false));
    };
    const importFile = () =>
        pickFile((text) => {
            try {
                void create(parseGraph(text), false).then(setProblem);
            } catch (error) {
                setProblem((error as Error).message);
            }
        });
    return (
        <form className="new-graph" onSubmit={(event) => void submit(event)}>
            <label className="sr" htmlFor="new-name">
                Name of the new graph
            </label>
            <input
                id="new-name"
                className="mono"
                placeholder="name-of-a-new-graph"
                value={name}
                spellCheck={false}
                autoComplete="off"
                aria-invalid={problem !== null || undefined}
                aria-describedby={problem ? 'new-problem' : undefined}
                data-testid="new-name"
                onChange={(event) => setName(event.target.value)}
            />
            <Button tone={first ? 'plain' : 'ink'} type="submit" icon="plus" data-testid="new-go">
                New graph
            </Button>
            <Button icon="upload" onClick={importFile}>
                Import…
            </Button>
            {problem && (
                <p className="field-problem" id="new-problem" role="alert">
                    {problem}
                </p>
            )}
        </form>
    );
}
