// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { createContext, useContext } from 'react';

/** How many problems each node has; those without are not in it. */
export const ProblemNodes = createContext<ReadonlyMap<string, number>>(new Map());

export function useProblemNodes(): ReadonlyMap<string, number> {
    return useContext(ProblemNodes);
}
