// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/spec.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace penstock::host
{

/// Directed arcs between nodes, which are numbered from 0.
using arcs = std::vector<std::pair<std::size_t, std::size_t>>;

/// A node that has no place in an order because it lies in a cycle or behind one.
struct unordered_node
{
    std::size_t node;
    std::size_t in_degree;             ///< arcs from other such nodes
    std::vector<std::size_t> children; ///< in order of the arcs

    friend bool operator==(const unordered_node&, const unordered_node&) = default;
};

/// The nodes so that each comes after all that lead to it, as far as that goes.
struct node_order
{
    std::vector<std::size_t> order;
    std::vector<unordered_node> rest; ///< empty unless there is a cycle
};

/// Sorts nodes topologically; those without an order among them stay as near to the order of
/// nodes and arcs as A. B. Kahn's queue leaves them.
[[nodiscard]] node_order topological_order(std::size_t nodes, const arcs& between);

/// Groups nodes by the longest way that leads to them; nodes in or behind cycles are left out.
[[nodiscard]] std::vector<std::vector<std::size_t>> levels(std::size_t nodes, const arcs& between);

/// Finds simple cycles (D. B. Johnson, 1975), each once, from its lowest node; at most `limit`.
[[nodiscard]] std::vector<std::vector<std::size_t>>
find_cycles(std::size_t nodes, const arcs& between, std::size_t limit);

/// The arcs of a graph's edges, in their order; edges that name unknown nodes are left out.
[[nodiscard]] arcs arcs_of(const graph_spec& graph);

} // namespace penstock::host
