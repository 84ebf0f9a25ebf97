// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The token that this tab calls the host with. It lives as long as the tab, and never in an address: it comes in the
// fragment of the one that the host prints, which is not sent anywhere, and leaves it at once.
const key = 'penstock.token';

/** Takes a token out of the address, if there is one, and keeps it. */
export function takeToken(): string | null {
    const found = /(^#|&)token=([^&]+)/.exec(location.hash);
    if (!found) return null;
    const token = decodeURIComponent(found[2]!);
    keepToken(token);
    history.replaceState(null, '', location.pathname + location.search + location.hash.replace(found[0], ''));
    return token;
}

export function keepToken(token: string): void {
    sessionStorage.setItem(key, token);
}

export function keptToken(): string | null {
    return sessionStorage.getItem(key);
}

export function credentials(token: string | null): Record<string, string> {
    return token ? { Authorization: `Bearer ${token}` } : {};
}

/** A WebSocket carries no headers of ours: its token is one of the protocols that it offers. */
export function protocolsOf(token: string | null): string[] {
    return token ? ['penstock.live', `penstock.bearer.${token}`] : [];
}
