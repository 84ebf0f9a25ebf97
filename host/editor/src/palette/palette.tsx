// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useReactFlow } from '@xyflow/react';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { addComponent } from '../canvas/add.ts';
import { dragType } from '../canvas/canvas.tsx';
import { nodeWidth } from '../layout/size.ts';
import { categories, noticeOf, titleOf, type Category, type Component } from '../model/component.ts';
import { useHost } from '../state/host.ts';
import { ranked } from '../ui/rank.ts';
import { Tile } from '../ui/controls.tsx';
import { Icon } from '../ui/icon.tsx';

/** The titles of the categories as the palette heads them. */
const headings: Record<Category, string> = {
    adapter: 'Adapters',
    transformer: 'Transformers',
    filter: 'Filters',
    operator: 'Operators',
    extractor: 'Extractors',
    publisher: 'Publishers',
};

/** Adds nodes in the middle of what is seen. */
export function useAddAtCentre(): (id: string, from?: string) => void {
    const flow = useReactFlow();
    return (id, from) => {
        const frame = document.querySelector('.canvas')?.getBoundingClientRect();
        if (!frame) return;
        const { x, y } = flow.screenToFlowPosition({ x: frame.x + frame.width / 2.4, y: frame.y + frame.height / 2.4 });
        addComponent(id, { at: [x - nodeWidth / 2, y - 50], from });
    };
}

/** Within a list the arrows go from row to row; for Tab a list is one step. */
function stepThrough(event: KeyboardEvent<HTMLUListElement>): void {
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.palette-row')];
    const here = rows.indexOf(document.activeElement as HTMLElement);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: rows.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    rows[to]?.focus();
}

function Row({ component, add, active, isStop }: { component: Component; add: () => void; active: boolean; isStop: boolean }) {
    const notice = noticeOf(component);
    return (
        <li>
            <button
                type="button"
                className={active ? 'palette-row active' : 'palette-row'}
                draggable
                tabIndex={isStop ? 0 : -1}
                title={component.summary}
                data-testid={`palette-${component.component}`}
                onDragStart={(event) => {
                    event.dataTransfer.setData(dragType, component.component);
                    event.dataTransfer.effectAllowed = 'copy';
                }}
                onDoubleClick={add}
                onKeyDown={(event) => event.key === 'Enter' && add()}
            >
                <Tile category={component.category} size={22} />
                <span>{titleOf(component.component)}</span>
                {notice && (
                    <span className={`status-badge ${component.status}`} title={notice} data-testid={`status-${component.component}`}>
                        {component.status}
                    </span>
                )}
                <span className="palette-package mono">{component.package}</span>
            </button>
        </li>
    );
}

/** The catalogue: search, six categories; drag, double-click, or Enter adds. */
export function Palette() {
    const catalogue = useHost((state) => state.catalogue);
    const refusals = useHost((state) => state.refusals);
    const [query, setQuery] = useState('');
    const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
    const add = useAddAtCentre();
    const found = useMemo(() => {
        const items = [...catalogue.values()].map((component) => ({
            component,
            label: `${titleOf(component.component)} ${component.component}`,
            detail: component.summary,
        }));
        return ranked(items, query).map((item) => item.component);
    }, [catalogue, query]);
    const first = query ? found[0] : undefined;

    return (
        <nav className="palette" aria-label="Components">
            <div className="palette-search">
                <Icon name="search" size={15} />
                <input
                    id="palette-search"
                    type="search"
                    placeholder="Search components"
                    aria-label="Search components"
                    value={query}
                    onChange={(event) => setQuery(event.target.value)}
                    onKeyDown={(event) => {
                        if (event.key === 'Enter' && first) {
                            add(first.component);
                            setQuery('');
                            event.currentTarget.blur();
                        } else if (event.key === 'Escape') {
                            setQuery('');
                            event.currentTarget.blur();
                        }
                    }}
                />
                <kbd>/</kbd>
            </div>
            <div className="palette-list">
                {categories.map((category) => {
                    const members = found.filter((component) => component.category === category);
                    if (members.length === 0) return null;
                    const open = query !== '' || !closed.has(category);
                    return (
                        <section key={category} aria-label={headings[category]}>
                            <h2>
                                <button
                                    type="button"
                                    aria-expanded={open}
                                    onClick={() =>
                                        setClosed((old) => {
                                            const next = new Set(old);
                                            if (!next.delete(category)) next.add(category);
                                            return next;
                                        })
                                    }
                                >
                                    <Icon name={open ? 'down' : 'right'} size={13} />
                                    <span>{headings[category]}</span>
                                    <span className="count">{members.length}</span>
                                </button>
                            </h2>
                            {open && (
                                <ul onKeyDown={stepThrough}>
                                    {members.map((component, index) => (
                                        <Row key={component.component} component={component} active={component === first} isStop={index === 0} add={() => add(component.component)} />
                                    ))}
                                </ul>
                            )}
                        </section>
                    );
                })}
                {found.length === 0 && <p className="palette-empty">No component fits “{query}”.</p>}
                {refusals.length > 0 && (
                    <details className="palette-refusals">
                        <summary>{refusals.length} packages were refused</summary>
                        {refusals.map((refusal) => (
                            <p key={refusal}>{refusal}</p>
                        ))}
                    </details>
                )}
            </div>
        </nav>
    );
}
