// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What is said of hosts side by side, in words.
import type { HostEntry, Rollout, RolloutStep } from '../api/hosts.ts';
import type { Problem } from './problems.ts';

/** What a host does with the open graph, of which the page has one revision. */
export function fareOf(host: HostEntry, name: string, revision: string): { words: string; tone: 'good' | 'warn' | 'bad' | '' } {
    if (host.problem !== null) return { words: `away: ${host.problem}`, tone: 'bad' };
    const graph = host.graphs.find((each) => each.name === name);
    if (!graph) return { words: 'not there', tone: '' };
    if (graph.state !== 'running') return { words: graph.state, tone: graph.state === 'failed' ? 'bad' : '' };
    return graph.deployed_revision === revision ? { words: 'runs this version', tone: 'good' } : { words: 'runs another version', tone: 'warn' };
}

/** Whether a host runs a revision. */
export function runsIt(host: HostEntry, name: string, revision: string): boolean {
    return fareOf(host, name, revision).tone === 'good';
}

const words: Record<RolloutStep, string> = {
    waiting: 'waiting',
    checking: 'checking',
    ready: 'would run it',
    deploying: 'deploying',
    deployed: 'runs it',
    'going back': 'going back',
    restored: 'went back',
    unchanged: 'unchanged',
    refused: 'refused',
    stuck: 'stuck',
    stopping: 'stopping',
    stopped: 'stopped',
};

export const wordsOf = (step: RolloutStep): string => words[step];

export function nameOf(host: { number: number }): string {
    return `host ${host.number}`;
}

export function textOfProblem({ pointer, message, expected }: Problem): string {
    return `${pointer ? `${pointer}: ` : ''}${message}${expected ? `; ${expected}` : ''}`;
}

/** What became of a rollout, in a sentence. */
export function outcomeOf(rollout: Rollout): string {
    const why = rollout.hosts.find((each) => each.problems.length > 0);
    const reason = why ? ` Host ${why.number}: ${textOfProblem(why.problems[0]!)}` : rollout.problems[0] ? ` ${textOfProblem(rollout.problems[0])}` : '';
    const all = rollout.hosts.length;
    switch (rollout.outcome) {
        case 'deployed':
            return `Deployed: it runs on ${all} hosts`;
        case 'stopped':
            return `Stopped on ${all} hosts`;
        case 'restored':
            return `Not deployed; all hosts are as before.${reason}`;
        case 'stuck':
            return rollout.action === 'stop' ? `Not stopped on all hosts.${reason}` : `Not deployed, and not all hosts could go back.${reason}`;
        default:
            return `Not deployed; no host was changed.${reason}`;
    }
}
