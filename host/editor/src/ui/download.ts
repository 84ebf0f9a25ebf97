// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** Hands a text to the browser as a file. */
export function download(name: string, text: string): void {
    const address = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = name;
    link.click();
    URL.revokeObjectURL(address);
}
