// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { noticeOf, type Component } from '../model/component.ts';
import { writeJson } from '../model/json.ts';

/** What the component says of itself. */
export function DocsTab({ component, id }: { component: Component | undefined; id: string }) {
    if (!component) return <p className="notice bad">There is no component “{id}” on this host.</p>;
    const facts: [string, string][] = [
        ['Component', component.component],
        ['Category', component.category],
        ['Package', `${component.package} ${component.version}`],
        ['Licence', component.licence],
    ];
    const notice = noticeOf(component);
    if (notice) facts.push(['Status', notice]);
    if (component.since) facts.push(['Since', `${component.package} ${component.since}`]);
    if (component.component_version && component.component_version !== component.version) facts.push(['Version', component.component_version]);
    if (component.accepts?.length) facts.push(['Accepts', component.accepts.join(', ')]);
    if (component.takes_triggers) facts.push(['Triggers', 'takes GET and DELETE without a body']);
    if (component.whole_graph) facts.push(['Lanes', 'must see all packets: needs "lanes": 1 or partition_by']);
    return (
        <div className="docs-tab">
            <p className="summary">{component.summary}</p>
            {component.docs && <p className="docs-text">{component.docs}</p>}
            <dl>
                {facts.map(([label, value]) => (
                    <div key={label}>
                        <dt>{label}</dt>
                        <dd>{value}</dd>
                    </div>
                ))}
            </dl>
            <h3>Parameters</h3>
            <dl className="docs-params">
                {Object.entries(component.params.properties ?? {}).map(([key, schema]) => (
                    <div key={key}>
                        <dt className="mono">
                            {key}
                            {component.params.required?.includes(key) ? ' *' : ''}
                        </dt>
                        <dd>
                            {schema.description}
                            {schema.default !== undefined && <span className="mono"> = {writeJson(schema.default)}</span>}
                        </dd>
                    </div>
                ))}
            </dl>
        </div>
    );
}
