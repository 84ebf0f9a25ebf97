// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { useState, type FormEvent } from 'react';
import { useQuestion } from '../state/token.ts';
import { Button } from '../ui/controls.tsx';
import { Dialog } from '../ui/dialog.tsx';

function Asked({ why }: { why: string }) {
    const answer = useQuestion((state) => state.answer);
    const [token, setToken] = useState('');
    const given = token.trim();
    const submit = (event?: FormEvent) => {
        event?.preventDefault();
        if (given) answer(given);
    };
    return (
        <Dialog
            title="This host wants a token"
            testid="token-dialog"
            close={() => answer(null)}
            footer={
                <Button tone="ink" disabled={!given} data-testid="token-go" onClick={() => submit()}>
                    Go on
                </Button>
            }
        >
            <form onSubmit={submit}>
                <p data-testid="token-why">{why}</p>
                <div className="field">
                    <label htmlFor="token">Token</label>
                    <input id="token" className="mono" type="password" autoComplete="off" spellCheck={false} value={token} data-first onChange={(event) => setToken(event.target.value)} />
                    <p className="field-help">It is kept until this tab is closed. On the host&apos;s machine, penstock token new makes one.</p>
                </div>
            </form>
        </Dialog>
    );
}

/** Asks for a token as long as a call waits for one. */
export function TokenDialog() {
    const why = useQuestion((state) => state.why);
    return why === null ? null : <Asked why={why} />;
}
