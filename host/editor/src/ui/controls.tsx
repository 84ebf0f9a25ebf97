// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
    tone?: 'plain' | 'ink' | 'quiet' | 'danger' | 'accent';
    icon?: IconName;
    children?: ReactNode;
}

export function Button({ tone = 'plain', icon, children, className = '', ...rest }: ButtonProps) {
    return (
        <button type="button" className={`button ${tone} ${className}`} {...rest}>
            {icon && <Icon name={icon} size={15} />}
            {children}
        </button>
    );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
    icon: IconName;
    label: string;
    size?: number;
}

/** A button with nothing but a picture; the label is its name and its tooltip. */
export function IconButton({ icon, label, size = 17, className = '', ...rest }: IconButtonProps) {
    return (
        <button type="button" className={`icon-button ${className}`} aria-label={label} title={label} {...rest}>
            <Icon name={icon} size={size} />
        </button>
    );
}

export interface Tab<Name extends string> {
    name: Name;
    label: ReactNode;
    marked?: boolean;
}

/** Tabs by WAI-ARIA's pattern: one is in the order of focus, arrows move between them. */
export function Tabs<Name extends string>(props: { tabs: Tab<Name>[]; chosen: Name; choose: (name: Name) => void; label: string; id: string }) {
    const { tabs, chosen, choose, label, id } = props;
    const step = (by: number) => {
        const at = tabs.findIndex((tab) => tab.name === chosen);
        const next = tabs[(at + by + tabs.length) % tabs.length]!;
        choose(next.name);
        document.getElementById(`${id}-tab-${next.name}`)?.focus();
    };
    return (
        <div className="tabs" role="tablist" aria-label={label}>
            {tabs.map((tab) => (
                <button
                    key={tab.name}
                    type="button"
                    role="tab"
                    id={`${id}-tab-${tab.name}`}
                    aria-selected={tab.name === chosen}
                    aria-controls={`${id}-panel`}
                    tabIndex={tab.name === chosen ? 0 : -1}
                    onClick={() => choose(tab.name)}
                    onKeyDown={(event) => {
                        if (event.key === 'ArrowRight') step(1);
                        else if (event.key === 'ArrowLeft') step(-1);
                    }}
                >
                    {tab.label}
                    {tab.marked && <span className="mark" aria-label="has problems" role="img" />}
                </button>
            ))}
        </div>
    );
}

/** A small glyph on its category's tint. */
export function Tile({ category, size = 26 }: { category: string | undefined; size?: number }) {
    const known = category !== undefined;
    return (
        <span className={`tile ${known ? `category-${category}` : 'category-unknown'}`} style={{ width: size, height: size }}>
            <Icon name={known ? (category as IconName) : 'help'} size={Math.round(size * 0.62)} />
        </span>
    );
}
