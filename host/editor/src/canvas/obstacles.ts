// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { createContext, useContext } from 'react';
import type { Box } from '../layout/route.ts';

/** Where the nodes stand, so that wires can go around them. */
export const Obstacles = createContext<ReadonlyMap<string, Box>>(new Map());

export function useObstacles(): ReadonlyMap<string, Box> {
    return useContext(Obstacles);
}
