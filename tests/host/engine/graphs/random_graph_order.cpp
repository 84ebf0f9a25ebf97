// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/random_graph_order.hpp"

#include <algorithm>

namespace penstock::host::tests
{

namespace
{

bool tries_again(const random_node& node)
{
    return node.attempts > 1;
}

// A batch sends packets of several requests before their ends, a window behind them.
bool mixes_requests(const random_node& node)
{
    return keeps_packets(node.does) || node.does == act::publish || node.does == act::poll ||
           (node.waits == receiving::some && !has_two_inputs(node.does));
}

// For each node whether it, or one before it, is such a one.
std::vector<bool> at_or_behind(const random_graph& graph, bool (*is_such)(const random_node&))
{
    std::vector<bool> found(graph.nodes.size(), false);
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        found[i] = is_such(graph.nodes[i]) ||
                   std::ranges::any_of(graph.edges, [&](const random_edge& each)
                                       { return each.to == i && found[each.from]; });
    return found;
}

} // namespace

bool passes_all_on(const random_node& node)
{
    return node.does == act::pass || node.does == act::block || node.does == act::window;
}

bool has_pairs_to_zip(const random_graph& graph)
{
    const auto edge_to = [&](std::size_t node, std::size_t port) -> const random_edge*
    {
        const random_edge* only = nullptr;
        for (const random_edge& each : graph.edges)
            if (each.to == node && each.port == port)
            {
                if (only != nullptr)
                    return nullptr;
                only = &each;
            }
        return only;
    };
    const auto leaves_alike = [](const random_edge& one, const random_edge& other)
    { return one.from == other.from && one.of_error == other.of_error; };
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        if (graph.nodes[i].does != act::zip)
            continue;
        const random_edge* const left = edge_to(i, 0);
        const random_edge* right = edge_to(i, 1);
        if (left == nullptr || right == nullptr)
            return false;
        if (!leaves_alike(*left, *right) && !right->of_error &&
            passes_all_on(graph.nodes[right->from]))
            right = edge_to(right->from, 0);
        if (right == nullptr || !leaves_alike(*left, *right))
            return false;
    }
    return true;
}

std::vector<bool> keep_request_order(const random_graph& graph)
{
    // Those of one key wait behind one that is tried again.
    const bool may_overtake = graph.keys != 1;
    const std::vector<bool> late = at_or_behind(graph, tries_again);
    const std::vector<bool> mixed_up = at_or_behind(graph, mixes_requests);
    std::vector<bool> keeps(graph.nodes.size());
    for (std::size_t i = 0; i < keeps.size(); ++i)
        keeps[i] = !(may_overtake && late[i]) && !mixed_up[i];
    return keeps;
}

// Where requests are mixed up, ways of different length may lead to one node.
std::vector<bool> keep_key_order(const random_graph& graph)
{
    std::vector<bool> keeps = keep_request_order(graph);
    for (std::size_t i = 1; i < keeps.size(); ++i)
    {
        const auto leads_here = [i](const random_edge& each) { return each.to == i; };
        const auto first = std::ranges::find_if(graph.edges, leads_here);
        keeps[i] = keeps[i] || (graph.nodes[i].does != act::publish && keeps[first->from] &&
                                std::ranges::count_if(graph.edges, leads_here) == 1);
    }
    return keeps;
}

} // namespace penstock::host::tests
