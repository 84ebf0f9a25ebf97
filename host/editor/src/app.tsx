// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useEffect, useState } from 'react';
import { loadComponents, loadFeatures } from './api/components.ts';
import { TokenDialog } from './dialogs/token_dialog.tsx';
import { GraphPage } from './shell/graph_page.tsx';
import { ListPage } from './shell/list_page.tsx';
import { useHost } from './state/host.ts';
import { useRoute } from './state/route.ts';
import { Toasts } from './ui/toasts.tsx';

const retryDelay = 1500;

/** Asks the host for its components and what it can do, until it answers. */
function useHostFacts(): string | null {
    const [problem, setProblem] = useState<string | null>(null);
    useEffect(() => {
        let timer: ReturnType<typeof setTimeout>;
        const ask = async () => {
            try {
                const [{ catalogue, refusals }, features] = await Promise.all([loadComponents(), loadFeatures()]);
                useHost.setState({ catalogue, refusals, features, loaded: true });
                setProblem(null);
            } catch (error) {
                setProblem((error as Error).message);
                timer = setTimeout(() => void ask(), retryDelay);
            }
        };
        void ask();
        return () => clearTimeout(timer);
    }, []);
    return problem;
}

export function App() {
    const route = useRoute();
    const problem = useHostFacts();
    const loaded = useHost((state) => state.loaded);
    return (
        <>
            {route.page === 'list' ? <ListPage /> : loaded ? <GraphPage key={route.name} name={route.name} /> : <main className="lost-page">{problem}</main>}
            <TokenDialog />
            <Toasts />
        </>
    );
}
