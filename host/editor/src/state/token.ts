// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The question for a token, which all calls share that the host refused for want of one.
import { create } from 'zustand';
import { keepToken, keptToken } from '../api/token.ts';

const quietTime = 60_000;

interface Question {
    /** Why the host wants one; null: nobody asks. */
    why: string | null;
    answer(token: string | null): void;
}

const waiting: ((given: boolean) => void)[] = [];
let quietUntil = 0;

export const useQuestion = create<Question>((set) => ({
    why: null,
    answer: (token) => {
        if (token) keepToken(token);
        else quietUntil = Date.now() + quietTime;
        set({ why: null });
        for (const each of waiting.splice(0)) each(token !== null);
    },
}));

/** Asks the user for another token than the one that was refused, and tells whether there is one. Who said no is not
 * asked again for a minute by what the page does by itself. */
export function askForToken(refused: string | null, why: string, bySelf: boolean): Promise<boolean> {
    if (keptToken() !== refused) return Promise.resolve(true);
    if (bySelf && Date.now() < quietUntil) return Promise.resolve(false);
    useQuestion.setState({ why });
    return new Promise((settle) => waiting.push(settle));
}
