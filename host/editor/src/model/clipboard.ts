// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Copy and paste as text, so that it works between tabs and with a text editor.
import { edgeId, endpoint, freshName, type Graph, type GraphEdge, type GraphNode, type Position } from './graph.ts';
import { NoGraph, readGraph } from './read.ts';
import { parseJson, writeJson, type Json } from './json.ts';

export interface Piece {
    nodes: ReadonlyMap<string, GraphNode>;
    edges: GraphEdge[];
    layout: ReadonlyMap<string, Position>;
}

/** The chosen nodes, and the edges between them. */
export function cutOut(graph: Graph, chosen: ReadonlySet<string>): Piece {
    const pick = <T>(all: ReadonlyMap<string, T> | undefined) => new Map([...(all ?? [])].filter(([name]) => chosen.has(name)));
    const edges = graph.edges.filter((edge) => chosen.has(endpoint(edge.from).node) && chosen.has(endpoint(edge.to).node));
    return { nodes: pick(graph.nodes), edges, layout: pick(graph.layout) };
}

/** Writes a piece as a graph file has it. */
export function writePiece({ nodes, edges, layout }: Piece): string {
    return writeJson({ nodes: Object.fromEntries(nodes), edges, layout: Object.fromEntries(layout) } as unknown as Json, 2);
}

/** Reads a piece, or a whole graph file; nothing if the text is something else. */
export function readPiece(text: string): Piece | null {
    try {
        const graph = readGraph({ penstock: 1, name: 'piece', ...(parseJson(text) as Record<string, Json>) });
        return { nodes: graph.nodes, edges: graph.edges, layout: graph.layout ?? new Map() };
    } catch (error) {
        if (error instanceof NoGraph || error instanceof SyntaxError) return null;
        throw error;
    }
}

/** Adds a piece with fresh names, moved by an offset; tells the names it got. */
export function paste(graph: Graph, piece: Piece, [dx, dy]: Position): { graph: Graph; names: string[] } {
    const taken = new Set(graph.nodes.keys());
    const renamed = new Map<string, string>();
    for (const name of piece.nodes.keys()) {
        const fresh = freshName(name, taken);
        taken.add(fresh);
        renamed.set(name, fresh);
    }
    const end = (text: string) => {
        const { node, port } = endpoint(text);
        return `${renamed.get(node) ?? node}.${port}`;
    };
    const nodes = new Map(graph.nodes);
    const layout = new Map(graph.layout);
    for (const [name, node] of piece.nodes) {
        nodes.set(renamed.get(name)!, node);
        const [x, y] = piece.layout.get(name) ?? [0, 0];
        layout.set(renamed.get(name)!, [x + dx, y + dy]);
    }
    const known = new Set(graph.edges.map(edgeId));
    const edges = piece.edges
        .map((edge) => ({ ...edge, from: end(edge.from), to: end(edge.to) }))
        .filter((edge) => !known.has(edgeId(edge)));
    return { graph: { ...graph, nodes, edges: [...graph.edges, ...edges], layout }, names: [...renamed.values()] };
}
