// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useMemo } from 'react';
import type { Graph } from '../model/graph.ts';
import { placeOf, type Place, type Problem } from '../model/problems.ts';
import { validate } from '../model/validate.ts';
import { useDocument } from './document.ts';
import { useHost } from './host.ts';

export interface Placed extends Problem {
    place: Place;
}

const none: Placed[] = [];

function placed(problems: Problem[], graph: Graph): Placed[] {
    return problems.map((problem) => ({ ...problem, place: placeOf(problem.pointer, graph) }));
}

/** What is wrong with the open graph: what the host said of exactly this version, or until then what the page can tell. */
export function useProblems(): Placed[] {
    const graph = useDocument((state) => state.graph);
    const told = useDocument((state) => state.told);
    const { catalogue, loaded } = useHost();
    return useMemo(() => {
        if (!graph || !loaded) return none;
        return placed(told?.of === graph ? told.problems : validate(graph, catalogue), graph);
    }, [graph, told, catalogue, loaded]);
}
