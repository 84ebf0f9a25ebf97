// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/graph_causes.hpp"

#include "host/base/quantity.hpp"
#include "host/base/timestamp.hpp"

#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>

namespace penstock::host::api
{

namespace
{

json::object cause(std::string_view kind, const running_graph& graph, const std::string& text)
{
    return {{"cause", kind}, {"graph", graph.name()}, {"detail", text}};
}

double fill_of(const json::object& edge)
{
    const double capacity = edge.at("capacity").to_number<double>();
    return capacity > 0 ? edge.at("depth").to_number<double>() / capacity : 0;
}

// The place of the node that an edge leads to; nodes are told in topological order.
std::size_t place_of(const json::object& edge, const json::object& nodes)
{
    const std::string_view end = edge.at("to").as_string();
    const auto* const found = nodes.find(end.substr(0, end.rfind('.')));
    return static_cast<std::size_t>(found - nodes.begin());
}

// The edge that holds the others up; null if all are empty. Before a slow node all edges fill up,
// so it is the last of those from which a sender waits: a sender that found an edge full waits
// until half of it is free. Without any, it is the edge that has the least room in proportion.
const json::object* narrowest_edge(const json::object& stats)
{
    constexpr double half = 0.5;
    const json::object& nodes = stats.at("nodes").as_object();
    const json::object* narrowest = nullptr;
    std::pair<std::size_t, double> most{0, 0};
    for (const json::value& each : stats.at("edges").as_array())
    {
        const json::object& edge = each.as_object();
        const double fill = fill_of(edge);
        const std::pair rank{fill >= half ? place_of(edge, nodes) : 0, fill};
        if (rank <= most)
            continue;
        most = rank;
        narrowest = &edge;
    }
    return narrowest;
}

json::object full_cause(const running_graph& graph)
{
    const std::string pending = std::to_string(graph.pending().entries()) + " entries of " +
                                std::to_string(graph.pending().bytes()) + " bytes are pending";
    const json::object stats = graph.stats();
    const json::object* edge = narrowest_edge(stats);
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

json::object dead_letters_cause(const running_graph& graph,
                                std::chrono::system_clock::time_point since)
{
    const dead_letter_room& room = graph.dead_letter_room();
    json::object found =
        cause("dead letters", graph,
              "graph \"" + graph.name() + "\" takes in nothing since " + timestamp(since) +
                  ": its dead letters take " + std::to_string(room.bytes()) + " bytes; less than " +
                  std::to_string(room.most()) + " were expected: replay or drop some");
    found["since"] = timestamp(since);
    found["bytes"] = room.bytes();
    return found;
}

void add_retries(const running_graph& graph, json::array& causes)
{
    for (const retrying_node& each : graph.retrying_nodes())
    {
        const retry_report& report = each.report;
        const std::string does =
            each.is_away ? "waits for what is unavailable" : "tries packets again";
        const std::string most =
            each.is_away ? std::string() : " of " + std::to_string(report.attempts);
        json::object found =
            cause(each.is_away ? "unavailable" : "retrying", graph,
                  "node \"" + each.node + "\" " + does + " since " + timestamp(report.since) +
                      ", after attempt " + std::to_string(report.attempt) + most + " next at " +
                      timestamp(report.next_try) + ": " + report.last_error);
        found["node"] = each.node;
        found["since"] = timestamp(report.since);
        found["last_error"] = report.last_error;
        found["attempt"] = report.attempt;
        if (!each.is_away)
            found["attempts"] = report.attempts;
        found["next_try"] = timestamp(report.next_try);
        causes.emplace_back(std::move(found));
    }
}

// Too many clients are slow to read what a graph answers.
void add_answers(const running_graph& graph, json::array& causes)
{
    const byte_budget& answers = graph.answers();
    if (!answers.is_short())
        return;
    json::object found =
        cause("answers", graph,
              "answers of graph \"" + graph.name() + "\" that wait for their clients take " +
                  std::to_string(answers.taken()) + " bytes; at most " +
                  std::to_string(answers.most()) + " (pending_memory) may");
    found["bytes"] = answers.taken();
    causes.emplace_back(std::move(found));
}

void add_waits(const running_graph& graph, json::array& causes)
{
    for (const waiting_node& each : graph.waiting_nodes())
    {
        json::object found = cause("waiting", graph,
                                   "node \"" + each.node + "\" waits since " +
                                       timestamp(each.report.since) + " for " + each.report.what);
        found["node"] = each.node;
        found["since"] = timestamp(each.report.since);
        causes.emplace_back(std::move(found));
    }
    for (const waiting_node& each : graph.polling_nodes())
    {
        json::object found =
            cause("polling", graph, "node \"" + each.node + "\" " + each.report.what);
        found["node"] = each.node;
        found["since"] = timestamp(each.report.since);
        causes.emplace_back(std::move(found));
    }
    for (const wait_report& each : graph.standstills())
    {
        json::object found =
            cause("standstill", graph,
                  "graph \"" + graph.name() + "\" has work and moves no packet since " +
                      timestamp(each.since) + ": " + each.what);
        found["since"] = timestamp(each.since);
        causes.emplace_back(std::move(found));
    }
}

} // namespace

std::string left_detail(const pending_of_graph& left)
{
    return grouped(left.entries) + " requests of an earlier run wait for graph \"" + left.graph +
           "\", which does not run; its file among those named, or its deployment, was expected";
}

json::object left_cause(const pending_of_graph& left)
{
    return {{"cause", "left"},
            {"graph", left.graph},
            {"entries", left.entries},
            {"detail", left_detail(left)}};
}

json::object left_state(const pending_of_graph& left)
{
    return {{"name", left.graph},
            {"state", name_of(graph_state::stopped)},
            {"pending", {{"entries", left.entries}, {"bytes", left.bytes}}},
            {"causes", json::array{left_cause(left)}}};
}

bool is_full(const running_graph& graph) noexcept
{
    const quota& pending = graph.pending();
    return pending.entries() >= pending.limits().entries ||
           pending.bytes() >= pending.limits().bytes;
}

json::array graph_causes(const running_graph& graph)
{
    json::array causes;
    if (const auto since = graph.dead_letter_room().full_since())
        causes.emplace_back(dead_letters_cause(graph, *since));
    if (const auto why = graph.paused())
    {
        json::object found =
            cause("suspended", graph,
                  "graph \"" + graph.name() + "\" takes data and is not run since " +
                      timestamp(why->since) + ": " + why->reason);
        if (!why->node.empty())
            found["node"] = why->node;
        found["since"] = timestamp(why->since);
        found["last_error"] = why->reason;
        causes.emplace_back(std::move(found));
    }
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

json::array delay_causes(const running_graph& graph)
{
    json::array causes;
    add_retries(graph, causes);
    add_waits(graph, causes);
    add_answers(graph, causes);
    return causes;
}

std::string main_cause(const running_graph& graph)
{
    json::array causes = graph_causes(graph);
    const json::array delays = delay_causes(graph);
    if (!causes.empty() && !delays.empty())
        return std::string(causes.front().at("detail").as_string()) + "; " +
               std::string(delays.front().at("detail").as_string());
    if (causes.empty())
        causes = delays;
    if (causes.empty())
        return "graph \"" + graph.name() + "\" is " + std::string(name_of(graph.state()));
    return std::string(causes.front().at("detail").as_string());
}

} // namespace penstock::host::api
