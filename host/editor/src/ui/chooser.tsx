// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { ranked } from './rank.ts';

export interface Choice {
    key: string;
    label: string;
    detail?: string;
    keys?: string;
    glyph?: ReactNode;
    disabled?: boolean;
    act: () => void;
}

/** A list to type into: arrows move, Enter takes, Escape leaves. */
export function Chooser(props: { label: string; placeholder: string; choices: Choice[]; close: () => void; empty?: string }) {
    const [query, setQuery] = useState('');
    const [at, setAt] = useState(0);
    const dialog = useRef<HTMLDialogElement>(null);
    const list = useRef<HTMLUListElement>(null);
    const found = useMemo(() => ranked(props.choices, query), [props.choices, query]);
    const active = found[Math.min(at, found.length - 1)];

    useEffect(() => {
        const element = dialog.current!;
        if (!element.open) element.showModal();
        return () => element.close();
    }, []);
    useEffect(() => {
        list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' });
    }, [active]);

    const take = (choice: Choice | undefined) => {
        if (!choice || choice.disabled) return;
        props.close();
        choice.act();
    };
    return (
        <dialog
            ref={dialog}
            className="chooser"
            aria-label={props.label}
            onCancel={(event) => {
                event.preventDefault();
                props.close();
            }}
            onMouseDown={(event) => event.target === dialog.current && props.close()}
        >
            <div className="chooser-field">
                <Icon name="search" />
                <input
                    autoFocus
                    role="combobox"
                    aria-label={props.label}
                    aria-expanded="true"
                    aria-controls="chooser-list"
                    aria-activedescendant={active ? `choice-${found.indexOf(active)}` : undefined}
                    placeholder={props.placeholder}
                    value={query}
                    onChange={(event) => {
                        setQuery(event.target.value);
                        setAt(0);
                    }}
                    onKeyDown={(event) => {
                        const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
                        if (step !== 0 && found.length > 0) {
                            event.preventDefault();
                            setAt((Math.min(at, found.length - 1) + step + found.length) % found.length);
                        } else if (event.key === 'Enter') {
                            event.preventDefault();
                            take(active);
                        }
                    }}
                />
            </div>
            <ul id="chooser-list" role="listbox" aria-label={props.label} ref={list}>
                {found.map((choice, i) => (
                    <li
                        key={choice.key}
                        id={`choice-${i}`}
                        role="option"
                        aria-selected={choice === active}
                        aria-disabled={choice.disabled || undefined}
                        data-testid={`choice-${choice.key}`}
                        onMouseMove={() => setAt(i)}
                        onClick={() => take(choice)}
                    >
                        {choice.glyph}
                        <span className="choice-label">{choice.label}</span>
                        {choice.detail && <span className="choice-detail">{choice.detail}</span>}
                        {choice.keys && <kbd>{choice.keys}</kbd>}
                    </li>
                ))}
            </ul>
            {found.length === 0 && <p className="chooser-empty">{props.empty ?? 'Nothing fits.'}</p>}
        </dialog>
    );
}
