// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useView } from '../state/view.ts';
import { Icon } from './icon.tsx';

/** What just happened, for some seconds; read aloud without taking the focus. */
export function Toasts() {
    const toasts = useView((state) => state.toasts);
    const dismiss = useView((state) => state.dismiss);
    return (
        <div className="toasts" role="status" aria-live="polite" data-testid="toasts">
            {toasts.map((toast) => (
                <div key={toast.id} className={`toast ${toast.tone}`}>
                    {toast.tone !== 'plain' && <Icon name={toast.tone === 'good' ? 'check' : 'error'} size={15} />}
                    <span>{toast.text}</span>
                    <button type="button" aria-label="Dismiss" onClick={() => dismiss(toast.id)}>
                        <Icon name="close" size={13} />
                    </button>
                </div>
            ))}
        </div>
    );
}
