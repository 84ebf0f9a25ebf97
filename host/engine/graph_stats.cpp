// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a running graph tells of itself in numbers.
#include "host/engine/running_graph.hpp"

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

// The nodes of a version, if there is one, that have a note; of several lanes with one, that of the
// first.
std::vector<waiting_node> noted(const deployment* now, wait_note node_counters::*note)
{
    std::vector<waiting_node> found;
    for (std::size_t i = 0; now != nullptr && i < now->plan().nodes.size(); ++i)
        for (const auto& lane : now->lanes())
            if (auto report = (lane->of_node(i).*note).get())
            {
                found.push_back({now->plan().nodes[i].name, *std::move(report)});
                break;
            }
    return found;
}

} // namespace

// Of a node that does so on several lanes, the one that has done so for longest.
std::vector<retrying_node> running_graph::retrying_nodes() const
{
    std::vector<retrying_node> found;
    const std::shared_ptr<deployment> now = versions_.current();
    for (std::size_t i = 0; now != nullptr && i < now->plan().nodes.size(); ++i)
    {
        std::optional<retry_report> oldest;
        for (const auto& lane : now->lanes())
        {
            auto report = lane->of_node(i).retrying.get();
            if (report && (!oldest || report->since < oldest->since))
                oldest = std::move(report);
        }
        const std::string& node = now->plan().nodes[i].name;
        if (oldest)
            found.push_back({node, *std::move(oldest)});
        if (auto away = health_.away_report_of(node))
            found.push_back({node, *std::move(away), true});
    }
    return found;
}

std::vector<waiting_node> running_graph::waiting_nodes() const
{
    return noted(versions_.current().get(), &node_counters::resource);
}

std::vector<waiting_node> running_graph::polling_nodes() const
{
    return noted(versions_.current().get(), &node_counters::polling);
}

std::vector<wait_report> running_graph::standstills() const
{
    std::vector<wait_report> found;
    if (const std::shared_ptr<deployment> now = versions_.current())
        for (const auto& lane : now->lanes())
            if (auto report = lane->standstill())
                found.push_back(*std::move(report));
    // A component that holds packets until more come may hold as many as there is memory for.
    if (intake_.waits_for_memory())
        for (wait_report& each : found)
            each.what += "; other requests wait in the journal, as those in hand take " +
                         std::to_string(in_memory()) + " bytes, and are read back below half of " +
                         std::to_string(pending().limits().memory) + " (pending_memory)";
    return found;
}

json::object running_graph::stats() const
{
    json::object nodes;
    json::array edges;
    json::array lanes;
    if (const std::shared_ptr<deployment> now = versions_.current())
    {
        const host::plan& plan = now->plan();
        for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        {
            std::uint64_t received = 0, sent = 0, delivered = 0, dropped = 0, failed = 0;
            std::uint64_t restarts = 0, retries = 0, dead = 0, exceptions = 0;
            std::vector<const component_metrics*> own;
            for (const auto& lane : now->lanes())
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
        for (std::size_t i = 0; i < plan.edges.size(); ++i)
        {
            const planned_edge& edge = plan.edges[i];
            std::uint64_t entered = 0, left = 0, capacity = 0, dropped = 0;
            for (const auto& lane : now->lanes())
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
                {"from",
                 from.name + "." +
                     (edge.from_port == error_port ? "error" : from.outputs[edge.from_port])},
                {"to", to.name + "." + to.inputs[edge.to_port]},
                {"packets", entered},
                {"depth", entered > left ? entered - left : 0},
                {"capacity", capacity},
                {"dropped", dropped}});
        }
        for (const auto& lane : now->lanes())
            lanes.emplace_back(load_of(*lane, plan.edges.size()));
    }
    const graph_totals all = totals();
    return {{"graph", name_},
            {"state", name_of(state())},
            {"accepted", all.accepted},
            {"done", all.done},
            {"refused", all.refused},
            {"left", all.left},
            {"delivered", all.delivered},
            {"dropped", all.dropped},
            {"failed", all.failed},
            {"dead", all.dead},
            {"pending", {{"entries", pending().entries()}, {"bytes", pending().bytes()}}},
            {"nodes", std::move(nodes)},
            {"edges", std::move(edges)},
            {"lanes", std::move(lanes)}};
}

} // namespace penstock::host
