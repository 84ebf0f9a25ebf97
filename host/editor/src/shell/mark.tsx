// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useSettings } from '../state/settings.ts';
import { IconButton } from '../ui/controls.tsx';

/** The mark: two nodes and what flows between them. */
export function Mark() {
    return (
        <svg className="mark-logo" width="22" height="22" viewBox="0 0 24 24" aria-hidden="true">
            <path d="M7 6.500h3c5 0 4 11 7.500 11" />
            <circle cx="5" cy="6.500" r="2.200" />
            <circle cx="19.500" cy="17.500" r="2.200" />
        </svg>
    );
}

export function ThemeButton() {
    const { theme, toggleTheme } = useSettings();
    const dark = theme === 'dark';
    return <IconButton icon={dark ? 'sun' : 'moon'} label={dark ? 'Light theme' : 'Dark theme'} onClick={toggleTheme} data-testid="theme" />;
}
