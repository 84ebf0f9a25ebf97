// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Asks for the counters of the open graph again and again, and notices when the host goes and comes back.
import { graphState, graphStats } from '../api/graphs.ts';
import { Refused } from '../api/client.ts';
import { useHost } from '../state/host.ts';
import { hasFrames } from './frame.ts';
import { Rates } from './rates.ts';
import { clearLive } from './store.ts';

const interval = 1000;
const firstRetry = 500;
const longestRetry = 10_000;
const stateEvery = 4;

/** Starts to follow a graph; `onBack` is called when the host answers after it did not. Returns the end of it. */
export function follow(name: string, onBack: () => void): () => void {
    const ended = new AbortController();
    const rates = new Rates();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let retry = firstRetry;
    let round = 0;
    clearLive();
    useHost.setState({ connection: 'connecting', state: null });

    const again = (after: number) => {
        if (!ended.signal.aborted) timer = setTimeout(() => void ask(), after);
    };

    const ask = async (): Promise<void> => {
        if (document.hidden && useHost.getState().connection === 'live') return again(interval);
        try {
            if (round++ % stateEvery === 0) useHost.setState({ state: await graphState(name, ended.signal) });
            const stats = await graphStats(name, ended.signal);
            rates.take(stats, performance.now(), hasFrames(performance.now()));
            const wasLost = useHost.getState().connection === 'lost';
            if (useHost.getState().connection !== 'live') useHost.setState({ connection: 'live' });
            if (wasLost) onBack();
            retry = firstRetry;
            again(interval);
        } catch (error) {
            if (ended.signal.aborted) return;
            if (error instanceof Refused) {
                // A graph that the host does not run has no counters; the host itself is there.
                useHost.setState({ connection: 'live' });
                return again(interval * 2);
            }
            useHost.setState({ connection: 'lost' });
            round = 0;
            again(retry);
            retry = Math.min(retry * 2, longestRetry);
        }
    };

    void ask();
    return () => {
        ended.abort();
        clearTimeout(timer);
        clearLive();
    };
}
