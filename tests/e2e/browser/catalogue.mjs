// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The graph that the tests build by hand: Debian's package catalogue, as examples/catalogue.json has it.
export const renames = {
    from: ['Package', 'Version', 'Section'],
    to: ['name', 'version', 'section'],
};

export const wires = [
    ['read.out', 'rename.in'],
    ['rename.out', 'drop.in'],
    ['drop.out', 'index.in'],
];

/** What the file has when it was built, whatever the places. */
export const built = {
    nodes: {
        read: { component: 'json/read' },
        rename: { component: 'fields/rename', params: renames },
        drop: { component: 'route/drop', params: { field: 'section', values: ['oldlibs'] } },
        index: { component: 'search/index', params: { database: 'catalogue', id: '/fields/name' } },
    },
    edges: wires.map(([from, to]) => ({ from, to })),
};

/** Lines of records, of which every tenth is one that the graph drops. */
export function records(count) {
    return Array.from({ length: count }, (_, i) => JSON.stringify({ Package: `p${i}`, Version: '1', Section: i % 10 === 0 ? 'oldlibs' : 'utils' })).join('\n');
}

/** Waits until all counters on the page are those of the host. */
export async function countersAgree(tab, graph) {
    await tab.until(
        async () => {
            const stats = await tab.host.json(`/api/graphs/${graph}/stats`);
            const differences = [];
            for (const [name, counters] of Object.entries(stats.nodes))
                for (const key of ['received', 'sent', 'failed']) {
                    const shown = await tab.at(`live-${name}`).getAttribute(`data-${key}`);
                    if (Number(shown) !== counters[key]) differences.push(`${name}.${key}: ${shown} instead of ${counters[key]}`);
                }
            for (const edge of stats.edges) {
                const shown = await tab.at(`wire-${edge.from}>${edge.to}`).getAttribute('data-total');
                if (Number(shown) !== edge.packets) differences.push(`${edge.from}: ${shown} instead of ${edge.packets}`);
            }
            return differences;
        },
        [],
        'the counters on the page are those of the host',
    );
}
