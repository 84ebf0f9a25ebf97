// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

import { addComponent } from '../canvas/add.ts';
import { useAddAtCentre } from '../palette/palette.tsx';
import { categories, outputsOf, titleOf } from '../model/component.ts';
import { useHost } from '../state/host.ts';
import { Chooser } from '../ui/chooser.tsx';
import { Tile } from '../ui/controls.tsx';

/** Chooses a component: for a place, behind an output, or into an edge; then only those that fit are offered. */
export function AddDialog(props: { at: { x: number; y: number } | undefined; from: string | undefined; splice: string | undefined; close: () => void }) {
    const { at, from, splice } = props;
    const catalogue = useHost((state) => state.catalogue);
    const addAtCentre = useAddAtCentre();
    const all = [...catalogue.values()].filter((component) => {
        if (splice) return component.inputs.length > 0 && outputsOf(component, { component: component.component }).length > 0;
        return !from || component.inputs.length > 0;
    });
    all.sort((a, b) => categories.indexOf(a.category) - categories.indexOf(b.category));
    return (
        <Chooser
            label={splice ? 'Insert a node' : from ? `Add a node after ${from}` : 'Add a node'}
            placeholder={from ? `What comes after ${from}?` : 'Which component?'}
            close={props.close}
            empty="No component fits."
            choices={all.map((component) => ({
                key: component.component,
                label: titleOf(component.component),
                detail: `${component.component} – ${component.summary}`,
                glyph: <Tile category={component.category} size={22} />,
                act: () => (at ? void addComponent(component.component, { at: [at.x, at.y - 30], from, into: splice }) : addAtCentre(component.component, from)),
            }))}
        />
    );
}
