// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useRef, type ReactNode } from 'react';
import { IconButton } from './controls.tsx';

/** A modal dialog: the browser's own, which keeps the focus inside and gives it back. Escape closes; the element
 * with `data-first` has the focus first. */
export function Dialog(props: { title: string; close: () => void; children: ReactNode; footer?: ReactNode; size?: 'small' | 'wide'; testid?: string }) {
    const element = useRef<HTMLDialogElement>(null);
    useEffect(() => {
        const dialog = element.current!;
        if (!dialog.open) dialog.showModal();
        dialog.querySelector<HTMLElement>('[data-first]')?.focus();
        return () => dialog.close();
    }, []);
    return (
        <dialog
            ref={element}
            className={`dialog ${props.size ?? 'small'}`}
            aria-label={props.title}
            data-testid={props.testid}
            onCancel={(event) => {
                event.preventDefault();
                props.close();
            }}
            onMouseDown={(event) => event.target === element.current && props.close()}
        >
            <header>
                <h2>{props.title}</h2>
                <IconButton icon="close" label="Close" onClick={props.close} />
            </header>
            <div className="dialog-body">{props.children}</div>
            {props.footer && <footer>{props.footer}</footer>}
        </dialog>
    );
}
