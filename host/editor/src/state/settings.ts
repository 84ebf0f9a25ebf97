// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the reader of the page likes: kept in the browser, as far as it allows.
import { create } from 'zustand';

export type Theme = 'light' | 'dark';

export function remembered(key: string): string | null {
    try {
        return localStorage.getItem(`penstock.${key}`);
    } catch {
        return null;
    }
}

export function remember(key: string, value: string): void {
    try {
        localStorage.setItem(`penstock.${key}`, value);
    } catch {
        // Then it holds until the tab is closed.
    }
}

interface Settings {
    theme: Theme;
    paletteWidth: number;
    inspectorWidth: number;
    drawerHeight: number;
    hintsSeen: boolean;
    resize(which: 'paletteWidth' | 'inspectorWidth' | 'drawerHeight', size: number): void;
    toggleTheme(): void;
    dismissHints(): void;
}

function size(key: string, fallback: number): number {
    const found = Number(remembered(key));
    return Number.isFinite(found) && found > 0 ? found : fallback;
}

export const useSettings = create<Settings>((set, get) => ({
    theme: document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
    paletteWidth: size('paletteWidth', 220),
    inspectorWidth: size('inspectorWidth', 304),
    drawerHeight: size('drawerHeight', 188),
    hintsSeen: remembered('hintsSeen') === 'yes',
    resize: (which, value) => {
        set({ [which]: value });
        remember(which, String(Math.round(value)));
    },
    toggleTheme: () => {
        const theme = get().theme === 'dark' ? 'light' : 'dark';
        document.documentElement.dataset.theme = theme;
        remember('theme', theme);
        set({ theme });
    },
    dismissHints: () => {
        remember('hintsSeen', 'yes');
        set({ hintsSeen: true });
    },
}));
