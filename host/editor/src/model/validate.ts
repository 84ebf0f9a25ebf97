// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the page can say at once about a graph; the host says the rest when it is asked. Its words are the host's.
import { checkParams } from './check_params.ts';
import { hasErrorPort, isFedByHost, outputsOf, type Catalogue, type Component } from './component.ts';
import { endpoint, namePattern, type Graph, type GraphNode } from './graph.ts';
import { pointerTo, type Problem } from './problems.ts';
import { cyclicGroups, cycleThrough, neighbours, spread } from './topology.ts';

// The parameters of a node are checked once for each version of it.
const checked = new WeakMap<GraphNode, { component: Component; at: string; problems: Problem[] }>();

function paramProblems(component: Component, node: GraphNode, at: string): Problem[] {
    const kept = checked.get(node);
    if (kept && kept.component === component && kept.at === at) return kept.problems;
    const problems = checkParams(component, node.params ?? {}, at);
    checked.set(node, { component, at, problems });
    return problems;
}

function checkNodes(graph: Graph, catalogue: Catalogue): Problem[] {
    const wired = new Set(graph.edges.map((edge) => edge.to));
    return [...graph.nodes].flatMap(([name, node]) => {
        const at = pointerTo('nodes', name);
        const problems: Problem[] = [];
        if (!namePattern.test(name))
            problems.push({ pointer: at, message: `"${name}" is not a name`, expected: '[a-z][a-z0-9_]* was expected' });
        const component = catalogue.get(node.component);
        if (!component) {
            problems.push({
                pointer: `${at}/component`,
                message: `unknown component "${node.component}"`,
                expected: 'a component of the catalogue was expected',
            });
            return problems;
        }
        problems.push(...paramProblems(component, node, at));
        for (const port of component.inputs)
            if (!port.optional && !wired.has(`${name}.${port.name}`) && !isFedByHost(component, port, false))
                problems.push({
                    pointer: at + pointerTo(port.name),
                    message: 'required input is not wired',
                    expected: `an edge to "${name}.${port.name}" was expected`,
                });
        return problems;
    });
}

function portProblem(graph: Graph, catalogue: Catalogue, text: string, isOutput: boolean): Omit<Problem, 'pointer'> | null {
    const { node: name, port } = endpoint(text);
    const node = graph.nodes.get(name);
    if (!node) return { message: `unknown node "${name}"`, expected: 'the name of a node was expected' };
    const component = catalogue.get(node.component);
    if (!component) return null;
    const names = (isOutput ? outputsOf(component, node) : component.inputs).map((each) => each.name);
    if (isOutput && hasErrorPort(component)) names.push('error');
    if (names.includes(port)) return null;
    return { message: `"${name}" has no ${isOutput ? 'output' : 'input'} "${port}"`, expected: `one of ${names.join(', ') || 'none'} was expected` };
}

function checkEdges(graph: Graph, catalogue: Catalogue): Problem[] {
    return graph.edges.flatMap((edge, i) =>
        (['from', 'to'] as const).flatMap((end) => {
            const wrong = portProblem(graph, catalogue, edge[end], end === 'from');
            return wrong ? [{ pointer: pointerTo('edges', i, end), ...wrong }] : [];
        }),
    );
}

function checkCycles(graph: Graph): Problem[] {
    return cyclicGroups(graph).map((group) => {
        const way = cycleThrough(graph, group);
        const closing = graph.edges.findIndex(
            (edge) => endpoint(edge.from).node === way.at(-1) && endpoint(edge.to).node === way[0],
        );
        return {
            pointer: closing < 0 ? '/edges' : pointerTo('edges', closing),
            message: `cycle ${[...way, way[0]].join(' -> ')}`,
            expected: 'edges that lead back to no node were expected',
        };
    });
}

function checkReach(graph: Graph, catalogue: Catalogue): Problem[] {
    const names = [...graph.nodes.keys()];
    const category = (name: string) => catalogue.get(graph.nodes.get(name)!.component)?.category;
    const adapters = names.filter((name) => [undefined, 'adapter'].includes(category(name)));
    // An adapter that an edge feeds is not fed by the host. In a cycle, which is told, none would be.
    const wired = cyclicGroups(graph).length > 0 ? new Set<string>() : new Set(graph.edges.map((edge) => edge.to));
    const starts = adapters.filter((name) => category(name) === undefined || !wired.has(`${name}.in`));
    const ends = names.filter((name) => [undefined, 'publisher'].includes(category(name)));
    const problems: Problem[] = [];
    if (starts.length === 0 && adapters.length > 0)
        problems.push({
            pointer: '/nodes',
            message: 'has no source, and no adapter whose "in" is not wired',
            expected: 'at least one source, or adapter that the host feeds, was expected',
        });
    else if (starts.length === 0)
        problems.push({
            pointer: '/nodes',
            message: names.length === 0 ? 'is empty' : 'has no adapter and no source',
            expected: 'at least one adapter or source was expected',
        });
    const reached = spread(starts, neighbours(graph));
    const reaching = spread(ends, neighbours(graph, true));
    for (const name of names)
        if (!reached.has(name))
            problems.push({ pointer: pointerTo('nodes', name), message: 'no adapter or source reaches it', expected: 'a way from one was expected' });
        else if (adapters.includes(name) && !reaching.has(name))
            problems.push({ pointer: pointerTo('nodes', name), message: 'reaches no publisher', expected: 'a way to one was expected' });
    return problems;
}

/** Finds what is wrong, in the order of the host: nodes, edges, cycles, reach. */
export function validate(graph: Graph, catalogue: Catalogue): Problem[] {
    const wholeGraph =
        graph.lanes === 1 || graph.partition_by
            ? []
            : [...graph.nodes].filter(([, node]) => catalogue.get(node.component)?.whole_graph);
    return [
        ...checkNodes(graph, catalogue),
        ...checkEdges(graph, catalogue),
        ...checkCycles(graph),
        ...checkReach(graph, catalogue),
        ...wholeGraph.map(([name, node]) => ({
            pointer: pointerTo('nodes', name),
            message: `component "${node.component}" must see all packets`,
            expected: '"lanes": 1 or "partition_by" was expected',
        })),
    ];
}
