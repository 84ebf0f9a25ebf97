// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/http/graph_causes.hpp"

#include "host/http/timestamp.hpp"

#include <string_view>

namespace penstock::host::http
{

namespace
{

json::object cause(std::string_view kind, const running_graph& graph, const std::string& text)
{
    return {{"cause", kind}, {"graph", graph.name()}, {"detail", text}};
}

// The edge that has the least room in proportion; null if all are empty.
const json::object* fullest_edge(const json::object& stats)
{
    const json::object* fullest = nullptr;
    double most = 0;
    for (const json::value& each : stats.at("edges").as_array())
    {
        const json::object& edge = each.as_object();
        const double depth = edge.at("depth").to_number<double>();
        const double capacity = edge.at("capacity").to_number<double>();
        if (capacity <= 0 || depth / capacity <= most)
            continue;
        most = depth / capacity;
        fullest = &edge;
    }
    return fullest;
}

json::object full_cause(const running_graph& graph)
{
    const std::string pending = std::to_string(graph.pending().entries()) + " entries of " +
                                std::to_string(graph.pending().bytes()) + " bytes are pending";
    const json::object stats = graph.stats();
    const json::object* edge = fullest_edge(stats);
    if (edge == nullptr)
        return cause("full", graph, pending);
    const std::string name = std::string(edge->at("from").as_string()) + " -> " +
                             std::string(edge->at("to").as_string());
    json::object found = cause("full", graph, pending + ", most of them before edge " + name);
    found["edge"] = name;
    found["depth"] = edge->at("depth");
    found["capacity"] = edge->at("capacity");
    return found;
}

} // namespace

bool is_full(const running_graph& graph) noexcept
{
    const budget& pending = graph.pending();
    return pending.entries() >= pending.limits().entries ||
           pending.bytes() >= pending.limits().bytes;
}

json::array graph_causes(const running_graph& graph)
{
    json::array causes;
    for (const failed_node& each : graph.failed_nodes())
    {
        json::object found = cause("node failed", graph,
                                   "node \"" + each.node + "\" has given up since " +
                                       timestamp(each.since) + ": " + each.reason);
        found["node"] = each.node;
        found["since"] = timestamp(each.since);
        found["last_error"] = each.reason;
        causes.emplace_back(std::move(found));
    }
    if (is_full(graph))
        causes.emplace_back(full_cause(graph));
    const graph_state state = graph.state();
    if (state != graph_state::running && state != graph_state::failed)
        causes.emplace_back(
            cause(name_of(state), graph,
                  "graph \"" + graph.name() + "\" is " + std::string(name_of(state))));
    return causes;
}

std::string main_cause(const running_graph& graph)
{
    const json::array causes = graph_causes(graph);
    if (causes.empty())
        return "graph \"" + graph.name() + "\" is " + std::string(name_of(graph.state()));
    return std::string(causes.front().at("detail").as_string());
}

} // namespace penstock::host::http
