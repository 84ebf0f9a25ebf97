// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useView } from '../state/view.ts';

/** The menu that the view asks for, at its place: arrows move, Enter takes, Escape and a click elsewhere close. */
export function Menu() {
    const menu = useView((state) => state.menu);
    const element = useRef<HTMLDivElement>(null);
    const [place, setPlace] = useState({ left: 0, top: 0 });
    useLayoutEffect(() => {
        if (!menu || !element.current) return;
        const { width, height } = element.current.getBoundingClientRect();
        setPlace({ left: Math.max(4, Math.min(menu.x, innerWidth - width - 8)), top: Math.max(4, Math.min(menu.y, innerHeight - height - 8)) });
        element.current.querySelector<HTMLButtonElement>('button:not(:disabled)')?.focus();
    }, [menu]);
    useEffect(() => {
        if (!menu) return;
        const close = (event: Event) => {
            if (!element.current?.contains(event.target as Node)) useView.setState({ menu: null });
        };
        addEventListener('pointerdown', close, true);
        return () => removeEventListener('pointerdown', close, true);
    }, [menu]);
    if (!menu) return null;

    const step = (by: number) => {
        const buttons = [...element.current!.querySelectorAll<HTMLButtonElement>('button:not(:disabled)')];
        const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
        buttons[(at + by + buttons.length) % buttons.length]?.focus();
    };
    return (
        <div
            ref={element}
            className="menu"
            role="menu"
            style={place}
            onKeyDown={(event) => {
                event.stopPropagation();
                if (event.key === 'ArrowDown') step(1);
                else if (event.key === 'ArrowUp') step(-1);
                else if (event.key === 'Escape' || event.key === 'Tab') useView.setState({ menu: null });
                else return;
                event.preventDefault();
            }}
        >
            {menu.items.map((item) => (
                <button
                    key={item.label}
                    type="button"
                    role="menuitem"
                    className={item.danger ? 'danger' : ''}
                    disabled={item.disabled}
                    onClick={() => {
                        useView.setState({ menu: null });
                        item.act();
                    }}
                >
                    <span>{item.label}</span>
                    {item.keys && <kbd>{item.keys}</kbd>}
                </button>
            ))}
        </div>
    );
}
