// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What can be done to a graph: each function returns a new one and shares what has not changed.
import { edgeId, endpoint, freshName, type Graph, type GraphEdge, type GraphNode, type Position } from './graph.ts';
import type { Json, JsonObject } from './json.ts';

export const snap = 8;

export function snapped([x, y]: Position): Position {
    return [Math.round(x / snap) * snap, Math.round(y / snap) * snap];
}

/** Adds a node of a component and returns its name with the graph. */
export function addNode(graph: Graph, component: string, at: Position, params?: JsonObject): { graph: Graph; name: string } {
    const name = freshName(component.slice(component.indexOf('/') + 1), graph.nodes);
    const node: GraphNode = { component, ...(params && Object.keys(params).length > 0 ? { params } : {}) };
    return {
        graph: { ...graph, nodes: new Map(graph.nodes).set(name, node), layout: new Map(graph.layout).set(name, snapped(at)) },
        name,
    };
}

export function connect(graph: Graph, from: string, to: string): Graph {
    if (graph.edges.some((edge) => edge.from === from && edge.to === to)) return graph;
    return { ...graph, edges: [...graph.edges, { from, to }] };
}

/** Takes nodes, the edges at them, and further edges away. */
export function remove(graph: Graph, nodes: Iterable<string>, edges: Iterable<string> = []): Graph {
    const gone = new Set(nodes);
    const cut = new Set(edges);
    const keep = <T>(all: ReadonlyMap<string, T>) => new Map([...all].filter(([name]) => !gone.has(name)));
    const left = graph.edges.filter(
        (edge) => !cut.has(edgeId(edge)) && !gone.has(endpoint(edge.from).node) && !gone.has(endpoint(edge.to).node),
    );
    return { ...graph, nodes: keep(graph.nodes), edges: left, ...(graph.layout ? { layout: keep(graph.layout) } : {}) };
}

export function move(graph: Graph, places: ReadonlyMap<string, Position>): Graph {
    const layout = new Map(graph.layout);
    for (const [name, place] of places) layout.set(name, snapped(place));
    return { ...graph, layout };
}

/** Changes a node's own keys; `undefined` takes a key away. */
export function setNode(graph: Graph, name: string, change: { [Key in keyof GraphNode]?: GraphNode[Key] | undefined }): Graph {
    const node = { ...graph.nodes.get(name)!, ...change };
    for (const key of Object.keys(node) as (keyof GraphNode)[]) if (node[key] === undefined) delete node[key];
    return { ...graph, nodes: new Map(graph.nodes).set(name, node as GraphNode) };
}

export function setParam(graph: Graph, name: string, key: string, value: Json | undefined): Graph {
    const { [key]: _, ...others } = graph.nodes.get(name)?.params ?? {};
    const before = graph.nodes.get(name)?.params ?? {};
    const params = value === undefined ? others : { ...before, [key]: value };
    return setNode(graph, name, { params: Object.keys(params).length > 0 ? params : undefined });
}

export function setEdge(graph: Graph, id: string, change: { capacity: number | undefined }): Graph {
    const edges = graph.edges.map((edge) => {
        if (edgeId(edge) !== id) return edge;
        const { capacity: _, ...bare } = edge;
        return change.capacity === undefined ? bare : { ...bare, capacity: change.capacity };
    });
    return { ...graph, edges };
}

/** Gives a node another name, wherever it stands; the order of the file stays. */
export function rename(graph: Graph, from: string, to: string): Graph {
    const key = (name: string) => (name === from ? to : name);
    const keys = <T>(all: ReadonlyMap<string, T>) => new Map([...all].map(([name, each]) => [key(name), each]));
    const end = (text: string) => {
        const { node, port } = endpoint(text);
        return `${key(node)}.${port}`;
    };
    const edges = graph.edges.map((edge): GraphEdge => ({ ...edge, from: end(edge.from), to: end(edge.to) }));
    return { ...graph, nodes: keys(graph.nodes), edges, ...(graph.layout ? { layout: keys(graph.layout) } : {}) };
}

/** Puts a node with one way in and out into an edge. */
export function splice(graph: Graph, id: string, node: string, input: string, output: string): Graph {
    const cut = graph.edges.find((edge) => edgeId(edge) === id);
    if (!cut) return graph;
    const without = { ...graph, edges: graph.edges.filter((edge) => edge !== cut) };
    return connect(connect(without, cut.from, `${node}.${input}`), `${node}.${output}`, cut.to);
}
