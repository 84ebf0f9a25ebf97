// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/simpler_graphs.hpp"

#include "tests/host/engine/graphs/random_graph_order.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace penstock::host::tests
{

namespace
{

// Whether requests still end before the nodes that join the packets of each.
bool is_sound(const random_graph& graph)
{
    const std::vector<bool> keeps = keep_request_order(graph);
    return has_pairs_to_zip(graph) &&
           std::ranges::all_of(graph.edges, [&](const random_edge& each)
                               { return !joins(graph.nodes[each.to].does) || keeps[each.from]; });
}

// Without a node and all its edges; nothing if another needs one of them.
bool remove_node(random_graph& graph, std::size_t node)
{
    std::erase_if(graph.edges,
                  [&](const random_edge& each) { return each.from == node || each.to == node; });
    graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(node));
    for (random_edge& each : graph.edges)
    {
        each.from -= each.from > node ? 1 : 0;
        each.to -= each.to > node ? 1 : 0;
    }
    for (std::size_t i = 1; i < graph.nodes.size(); ++i)
        for (std::size_t port = 0; port < (has_two_inputs(graph.nodes[i].does) ? 2U : 1U); ++port)
            if (std::ranges::none_of(graph.edges, [&](const random_edge& each)
                                     { return each.to == i && each.port == port; }))
                return false;
    return graph.nodes.size() > 1;
}

} // namespace

std::vector<random_graph> simpler_graphs(const random_graph& than)
{
    std::vector<random_graph> all;
    const auto add = [&](auto change)
    {
        random_graph next = than;
        if (change(next) && is_sound(next))
            all.push_back(std::move(next));
    };
    for (std::size_t i = 0; i < than.requests.size() && than.requests.size() > 1; ++i)
        add(
            [&](random_graph& next)
            {
                next.requests.erase(next.requests.begin() + static_cast<std::ptrdiff_t>(i));
                return true;
            });
    for (std::size_t i = than.nodes.size(); --i > 0;)
        add([&](random_graph& next) { return remove_node(next, i); });
    for (std::size_t i = 0; i < than.edges.size(); ++i)
        add(
            [&](random_graph& next)
            {
                const random_edge gone = next.edges[i];
                next.edges.erase(next.edges.begin() + static_cast<std::ptrdiff_t>(i));
                return std::ranges::any_of(next.edges,
                                           [&](const random_edge& each) {
                                               return each.to == gone.to && each.port == gone.port;
                                           });
            });
    for (std::size_t i = 0; i < than.events.size(); ++i)
    {
        add(
            [&](random_graph& next)
            {
                next.events.erase(next.events.begin() + static_cast<std::ptrdiff_t>(i));
                return true;
            });
        if (than.events[i].received != 0)
            add([&](random_graph& next) { return next.events[i].received = 0, true; });
    }
    if (than.most_pending < than.requests.size())
        add([&](random_graph& next) { return next.most_pending = 1000, true; });
    if (than.lanes != 1)
        add([](random_graph& next) { return next.lanes = 1, true; });
    for (std::size_t i = 0; i < than.requests.size(); ++i)
    {
        if (than.requests[i].packets > 1)
            for (const std::size_t packets :
                 {than.requests[i].packets / 2, than.requests[i].packets - 1})
                add([&](random_graph& next) { return next.requests[i].packets = packets, true; });
        if (than.requests[i].key > 1)
            add([&](random_graph& next) { return next.requests[i].key = 1, true; });
        if (than.requests[i].durable)
            add([&](random_graph& next) { return next.requests[i].durable = false, true; });
    }
    if (than.keys != 0)
        add(
            [](random_graph& next)
            {
                next.keys = 0;
                for (random_request& each : next.requests)
                    each.key = 0;
                return true;
            });
    for (std::size_t i = 0; i < than.nodes.size(); ++i)
        if (than.nodes[i].away.every != 0)
            add([&](random_graph& next) { return next.nodes[i].away = {}, true; });
    for (std::size_t i = 1; i < than.nodes.size(); ++i)
    {
        const random_node& node = than.nodes[i];
        const act plain = is_publisher(node.does) ? act::deliver : act::pass;
        if (!has_two_inputs(node.does) && node.does != plain)
            add([&](random_graph& next)
                { return next.nodes[i].does = plain, next.nodes[i].attempts = 1, true; });
        if (node.waits != receiving::one && !keeps_packets(node.does) && !joins(node.does))
            add([&](random_graph& next) { return next.nodes[i].waits = receiving::one, true; });
    }
    for (std::size_t i = 0; i < than.edges.size(); ++i)
        if (than.edges[i].capacity != 256)
            add([&](random_graph& next) { return next.edges[i].capacity = 256, true; });
    return all;
}

} // namespace penstock::host::tests
