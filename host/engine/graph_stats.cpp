// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/graph_stats.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace penstock::host
{

namespace
{

// The load of one lane: requests, packets that entered its edges, and how many of them wait there.
json::object load_of(const lane& one, std::size_t edges)
{
    std::uint64_t packets = 0, waiting = 0;
    for (std::size_t i = 0; i < edges; ++i)
    {
        const edge_counters& each = one.of_edge(i);
        const std::uint64_t left = each.left.load(std::memory_order_relaxed);
        const std::uint64_t entered = each.entered.load(std::memory_order_relaxed);
        packets += entered;
        waiting += entered > left ? entered - left : 0;
    }
    return {{"pending", one.load()}, {"packets", packets}, {"waiting", waiting}};
}

// The nodes that have a note; of several lanes with one, that of the first.
std::vector<waiting_node> noted(const deployment& version, wait_note node_counters::*note)
{
    std::vector<waiting_node> found;
    for (std::size_t i = 0; i < version.plan().nodes.size(); ++i)
        for (const auto& lane : version.lanes())
            if (auto report = (lane->of_node(i).*note).get())
            {
                found.push_back({version.plan().nodes[i].name, *std::move(report)});
                break;
            }
    return found;
}

json::object nodes_of(const deployment& version)
{
    json::object nodes;
    const host::plan& plan = version.plan();
    for (std::size_t i = 0; i < plan.nodes.size(); ++i)
    {
        std::uint64_t received = 0, sent = 0, delivered = 0, dropped = 0, failed = 0;
        std::uint64_t restarts = 0, retries = 0, dead = 0, exceptions = 0;
        std::vector<const component_metrics*> own;
        for (const auto& lane : version.lanes())
        {
            const node_counters& each = lane->of_node(i);
            received += each.received.value();
            sent += each.sent.value();
            delivered += each.delivered.value();
            dropped += each.dropped.value();
            failed += each.failed.value();
            restarts += each.restarts.value();
            retries += each.retries.value();
            dead += each.dead.value();
            exceptions += each.exceptions.value();
            own.push_back(&each.own);
        }
        nodes[plan.nodes[i].name] = {
            {"received", received}, {"sent", sent},     {"delivered", delivered},
            {"dropped", dropped},   {"failed", failed}, {"restarts", restarts},
            {"retries", retries},   {"dead", dead},     {"exceptions", exceptions}};
        if (!plan.nodes[i].metrics.empty())
        {
            json::object& node = nodes[plan.nodes[i].name].as_object();
            node["component"] = plan.nodes[i].component;
            node["metrics"] = component_metrics::sum(plan.nodes[i].metrics, own);
        }
    }
    return nodes;
}

json::array edges_of(const deployment& version)
{
    json::array edges;
    const host::plan& plan = version.plan();
    for (std::size_t i = 0; i < plan.edges.size(); ++i)
    {
        const planned_edge& edge = plan.edges[i];
        std::uint64_t entered = 0, left = 0, capacity = 0, dropped = 0;
        for (const auto& lane : version.lanes())
        {
            const edge_counters& each = lane->of_edge(i);
            left += each.left.load(std::memory_order_relaxed);
            entered += each.entered.load(std::memory_order_relaxed);
            capacity += each.capacity.load(std::memory_order_relaxed);
            dropped += each.dropped.value();
        }
        const planned_node& from = plan.nodes[edge.from_node];
        const planned_node& to = plan.nodes[edge.to_node];
        edges.emplace_back(json::object{
            {"from", from.name + "." +
                         (edge.from_port == error_port ? "error" : from.outputs[edge.from_port])},
            {"to", to.name + "." + to.inputs[edge.to_port]},
            {"packets", entered},
            {"depth", entered > left ? entered - left : 0},
            {"capacity", capacity},
            {"dropped", dropped}});
    }
    return edges;
}

json::array lanes_of(const deployment& version)
{
    json::array lanes;
    for (const auto& lane : version.lanes())
        lanes.emplace_back(load_of(*lane, version.plan().edges.size()));
    return lanes;
}

} // namespace

std::vector<retrying_node> retrying_nodes(const deployment& version, const node_health& health)
{
    std::vector<retrying_node> found;
    for (std::size_t i = 0; i < version.plan().nodes.size(); ++i)
    {
        std::optional<retry_report> oldest;
        for (const auto& lane : version.lanes())
        {
            auto report = lane->of_node(i).retrying.get();
            if (report && (!oldest || report->since < oldest->since))
                oldest = std::move(report);
        }
        const std::string& node = version.plan().nodes[i].name;
        if (oldest)
            found.push_back({node, *std::move(oldest)});
        if (auto away = health.away_report_of(node))
            found.push_back({node, *std::move(away), true});
    }
    return found;
}

std::vector<waiting_node> waiting_nodes(const deployment& version)
{
    return noted(version, &node_counters::resource);
}

std::vector<waiting_node> polling_nodes(const deployment& version)
{
    return noted(version, &node_counters::polling);
}

std::vector<wait_report> standstills(const deployment& version)
{
    std::vector<wait_report> found;
    for (const auto& lane : version.lanes())
        if (auto report = lane->standstill())
        {
            const auto same = std::ranges::find(found, report->what, &wait_report::what);
            if (same == found.end())
                found.push_back(*std::move(report));
            else
                same->since = std::min(same->since, report->since);
        }
    return found;
}

json::object version_stats(const deployment* version)
{
    if (version == nullptr)
        return {{"nodes", json::object()}, {"edges", json::array()}, {"lanes", json::array()}};
    return {{"nodes", nodes_of(*version)},
            {"edges", edges_of(*version)},
            {"lanes", lanes_of(*version)}};
}

} // namespace penstock::host
