// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/metrics_routes.hpp"

#include "host/api/metrics_text.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

namespace
{

struct family
{
    std::string_view name;
    std::string_view type;
    std::string_view key; // of the number in the graph's stats
    std::string_view help;
};

constexpr family of_graph[] = {
    {"penstock_accepted_entries_total", "counter", "accepted", "Requests that were accepted."},
    {"penstock_done_entries_total", "counter", "done", "Accepted requests that are done."},
    {"penstock_left_entries", "gauge", "left",
     "Requests that an earlier run accepted and did not come to."},
    {"penstock_refused_entries_total", "counter", "refused",
     "Requests refused because the graph was full."},
    {"penstock_delivered_packets_total", "counter", "delivered", "Packets delivered."},
    {"penstock_dropped_packets_total", "counter", "dropped", "Packets that ended nowhere."},
    {"penstock_failed_packets_total", "counter", "failed",
     "Packets delivered through an error port."},
    {"penstock_dead_packets_total", "counter", "dead", "Packets that became dead letters."},
};

constexpr family of_pending[] = {
    {"penstock_pending_entries", "gauge", "entries", "Accepted requests that are not done."},
    {"penstock_pending_bytes", "gauge", "bytes", "What they take."},
};

constexpr family of_node[] = {
    {"penstock_node_received_packets_total", "counter", "received", "Packets a node received."},
    {"penstock_node_sent_packets_total", "counter", "sent", "Packets a node sent."},
    {"penstock_node_delivered_packets_total", "counter", "delivered", "Packets that ended well."},
    {"penstock_node_dropped_packets_total", "counter", "dropped", "Packets a node dropped."},
    {"penstock_node_failed_packets_total", "counter", "failed", "Packets a node failed on."},
    {"penstock_node_restarts_total", "counter", "restarts", "New instances of a component."},
    {"penstock_node_exceptions_total", "counter", "exceptions",
     "Exceptions thrown when all that a node had received had ended."},
    {"penstock_node_retries_total", "counter", "retries", "Packets set aside to be tried again."},
};

constexpr family of_edge[] = {
    {"penstock_edge_packets_total", "counter", "packets", "Packets that entered an edge."},
    {"penstock_edge_depth_packets", "gauge", "depth", "Packets that wait in an edge."},
    {"penstock_edge_capacity_packets", "gauge", "capacity", "Packets an edge has room for."},
    {"penstock_edge_dropped_packets_total", "counter", "dropped",
     "Packets that an edge had no room for and dropped, as its graph says."},
};

using all_stats = std::vector<json::object>;

std::string_view text(const json::value& value)
{
    return value.as_string();
}

std::uint64_t number(const json::value& value)
{
    return value.to_number<std::uint64_t>();
}

void add_graphs(metrics_text& to, const all_stats& graphs)
{
    to.family("penstock_graph_running", "gauge", "Whether a graph takes data.");
    for (const json::object& each : graphs)
        to.sample({{"graph", text(each.at("graph"))}}, text(each.at("state")) == "running");
    for (const family& kind : of_graph)
    {
        to.family(kind.name, kind.type, kind.help);
        for (const json::object& each : graphs)
            to.sample({{"graph", text(each.at("graph"))}}, number(each.at(kind.key)));
    }
    for (const family& kind : of_pending)
    {
        to.family(kind.name, kind.type, kind.help);
        for (const json::object& each : graphs)
            to.sample({{"graph", text(each.at("graph"))}}, number(each.at("pending").at(kind.key)));
    }
}

void add_nodes(metrics_text& to, const all_stats& graphs)
{
    for (const family& kind : of_node)
    {
        to.family(kind.name, kind.type, kind.help);
        for (const json::object& graph : graphs)
            for (const auto& [name, node] : graph.at("nodes").as_object())
                to.sample({{"graph", text(graph.at("graph"))}, {"node", name}},
                          number(node.at(kind.key)));
    }
}

// The numbers that components keep of themselves: a family for each metric of each component,
// whatever the version of its package.
struct own_metric
{
    std::string_view graph;
    std::string_view node;
    const json::object* counted;
};

std::string own_name(std::string_view component, std::string_view metric, std::string_view kind)
{
    std::string name = "penstock_component_";
    name += component.substr(0, component.find('@'));
    std::ranges::replace(name, '/', '_');
    name.append("_").append(metric);
    return kind == "counter" && !name.ends_with("_total") ? name + "_total" : name;
}

void add_own(metrics_text& to, const own_metric& each)
{
    const json::object& counted = *each.counted;
    const metrics_text::labels plain{{"graph", each.graph}, {"node", each.node}};
    const auto add_bucket = [&](std::string_view bound, const json::value& count) {
        to.part("_bucket", {{"graph", each.graph}, {"node", each.node}, {"le", bound}},
                number(count));
    };
    const std::string_view kind = text(counted.at("kind"));
    if (kind == "counter")
        return to.sample(plain, number(counted.at("value")));
    if (kind == "gauge")
        return to.sample(plain, counted.at("value").to_number<double>());
    for (const json::value& bucket : counted.at("buckets").as_array())
        add_bucket(metrics_text::number(bucket.at("le").to_number<double>()), bucket.at("count"));
    add_bucket("+Inf", counted.at("count"));
    to.part("_sum", plain, counted.at("sum").to_number<double>());
    to.part("_count", plain, number(counted.at("count")));
}

void add_own(metrics_text& to, const all_stats& graphs)
{
    std::map<std::string, std::vector<own_metric>> families;
    for (const json::object& graph : graphs)
        for (const auto& [name, node] : graph.at("nodes").as_object())
            if (const json::value* metrics = node.as_object().if_contains("metrics"))
                for (const auto& [metric, counted] : metrics->as_object())
                    families[own_name(text(node.at("component")), metric, text(counted.at("kind")))]
                        .push_back({text(graph.at("graph")), name, &counted.as_object()});
    for (const auto& [name, all] : families)
    {
        const json::object& first = *all.front().counted;
        to.family(name, text(first.at("kind")), text(first.at("help")));
        for (const own_metric& each : all)
            if (each.counted->at("kind") == first.at("kind")) // another version's may differ
                add_own(to, each);
    }
}

// An edge is named by the input that it leads to, and by the output, since an input may have many.
void add_edges(metrics_text& to, const all_stats& graphs)
{
    for (const family& kind : of_edge)
    {
        to.family(kind.name, kind.type, kind.help);
        for (const json::object& graph : graphs)
            for (const json::value& edge : graph.at("edges").as_array())
            {
                const std::string_view end = text(edge.at("to"));
                const std::size_t dot = end.find('.');
                to.sample({{"graph", text(graph.at("graph"))},
                           {"node", end.substr(0, dot)},
                           {"port", end.substr(dot + 1)},
                           {"from", text(edge.at("from"))}},
                          number(edge.at(kind.key)));
            }
    }
}

void add_lanes(metrics_text& to, const all_stats& graphs)
{
    to.family("penstock_lane_pending_entries", "gauge", "Entries that a lane has taken.");
    for (const json::object& graph : graphs)
    {
        const json::array& lanes = graph.at("lanes").as_array();
        for (std::size_t i = 0; i < lanes.size(); ++i)
            to.sample({{"graph", text(graph.at("graph"))}, {"lane", std::to_string(i)}},
                      number(lanes[i].at("pending")));
    }
}

// Nothing of hosts that are alone.
void add_peers(metrics_text& to, const peers& others)
{
    if (others.all().empty())
        return;
    struct counted
    {
        std::string number;
        peer_counts of;
    };
    std::vector<counted> all;
    for (const auto& each : others.all())
        all.push_back({std::to_string(each->number()), each->counts()});
    to.family("penstock_peer_questions_total", "counter", "Receipts that a peer was asked for.");
    for (const counted& each : all)
        to.sample({{"peer", each.number}}, each.of.asked);
    to.family("penstock_peer_failed_questions_total", "counter",
              "Such questions without an answer of use.");
    for (const counted& each : all)
        to.sample({{"peer", each.number}}, each.of.failed);
    to.family("penstock_peer_question_seconds_total", "counter", "The time that they took.");
    for (const counted& each : all)
        to.sample({{"peer", each.number}}, each.of.seconds);
}

http::response metrics(engine& graphs, const peers& others)
{
    all_stats stats;
    for (const kept_graph& each : graphs.all())
        stats.push_back(each.running->stats());
    metrics_text text;
    add_graphs(text, stats);
    add_nodes(text, stats);
    add_own(text, stats);
    add_edges(text, stats);
    add_lanes(text, stats);
    const dead_letter_count dead_letters = graphs.journal().kept().count_dead_letters();
    text.family("penstock_dead_letters", "gauge", "Dead letters that are kept.");
    text.sample({}, dead_letters.kept);
    text.family("penstock_dead_letters_expired_total", "counter",
                "Dead letters let go because they were too old.");
    text.sample({}, dead_letters.expired);
    text.family("penstock_dead_letters_bytes", "gauge",
                "Bytes of the dead letters of a graph, with the requests they refer to.");
    for (const kept_graph& each : graphs.all())
        text.sample({{"graph", each.spec.name}}, each.running->dead_letter_room().bytes());
    add_peers(text, others);
    http::response made{.status = 200, .headers = {}, .body = text.take()};
    made.headers.add("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
    return made;
}

} // namespace

void add_metrics_routes(router& table, engine& graphs, const peers& others, background_pool& disk)
{
    table.add({.method = "GET",
               .path = "/metrics",
               .needs = scope::read,
               .summary = "Counts everything, in the text form of Prometheus.",
               .answers = {{200, "the metrics"}},
               .act = in_background(disk, [&](const http::request&, const path_arguments&)
                                    { return metrics(graphs, others); })});
}

} // namespace penstock::host::api
