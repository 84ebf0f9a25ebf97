// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The ids of handles: an output and an input of one node may have the same name.
export const outHandle = (port: string) => `out:${port}`;
export const inHandle = (port: string) => `in:${port}`;
export const portOf = (handle: string | null | undefined) => (handle ?? '').replace(/^(in|out):/, '');
export const isOutHandle = (handle: string | null | undefined) => (handle ?? '').startsWith('out:');
