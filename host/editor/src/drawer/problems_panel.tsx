// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { placeName, shortMessage } from '../model/problems.ts';
import { useDocument } from '../state/document.ts';
import { useHost } from '../state/host.ts';
import { useProblems, type Placed } from '../state/problems.ts';
import { useView } from '../state/view.ts';
import { Icon } from '../ui/icon.tsx';

/** Selects what a problem is about, brings it into view, and gives the field the focus. */
export function goToProblem(problem: Placed): void {
    const { node, edge, field } = problem.place;
    if (node) {
        useView.getState().select([node]);
        useView.setState({ inspector: field ? 'params' : 'ports', field: field ?? null, reveal: { node, time: Date.now() } });
    } else if (edge) {
        useView.getState().select([], [edge]);
        useView.setState({ reveal: { edge, time: Date.now() } });
    } else useView.getState().show({ kind: 'settings' });
}

/** What is wrong with the graph, and what is wrong with its run. */
export function ProblemsPanel() {
    const graph = useDocument((state) => state.graph)!;
    const problems = useProblems();
    const causes = useHost((state) => state.state?.causes ?? []).filter((each) => !['stopped', 'starting'].includes(each.cause));
    if (problems.length + causes.length === 0) return <p className="drawer-empty">No problems. This graph can be deployed.</p>;
    return (
        <ul className="problems" data-testid="problems">
            {causes.map((cause) => (
                <li key={cause.cause + cause.detail}>
                    <div className="problem">
                        <Icon name="warning" size={15} />
                        <b>{cause.node ?? cause.edge ?? 'run'}</b>
                        <span>{cause.detail}</span>
                    </div>
                </li>
            ))}
            {problems.map((problem) => (
                <li key={problem.pointer + problem.message}>
                    <button type="button" className="problem" onClick={() => goToProblem(problem)}>
                        <Icon name="error" size={15} />
                        <b>{placeName(problem.place, graph)}</b>
                        <span>
                            {problem.place.field ? `${problem.place.field} ` : ''}
                            {shortMessage(problem)}
                        </span>
                        <code>{problem.pointer || '/'}</code>
                    </button>
                </li>
            ))}
        </ul>
    );
}
