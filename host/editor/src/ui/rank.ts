// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

/** Orders choices by how well they fit: a word's beginning before a part of a word, label before detail. */
export function ranked<Item extends { label: string; detail?: string }>(items: readonly Item[], query: string): Item[] {
    const words = query.toLowerCase().split(/[\s/]+/).filter(Boolean);
    if (words.length === 0) return [...items];
    const score = (item: Item): number => {
        const label = item.label.toLowerCase();
        const all = `${label} ${item.detail?.toLowerCase() ?? ''}`;
        let sum = 0;
        for (const word of words) {
            if (!all.includes(word)) return -1;
            sum += label.startsWith(word) ? 4 : label.split(/\W+/).some((each) => each.startsWith(word)) ? 3 : label.includes(word) ? 2 : 1;
        }
        return sum;
    };
    return items
        .map((item) => ({ item, score: score(item) }))
        .filter((each) => each.score >= 0)
        .sort((a, b) => b.score - a.score)
        .map((each) => each.item);
}
