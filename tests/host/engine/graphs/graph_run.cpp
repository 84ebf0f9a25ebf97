// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/graph_run.hpp"

#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/graphs/graph_model.hpp"
#include "tests/host/engine/graphs/graph_record.hpp"
#include "tests/host/engine/graphs/random_components.hpp"
#include "tests/host/engine/graphs/random_graph_order.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <sstream>
#include <tuple>
#include <utility>

namespace penstock::host::tests
{

namespace
{

category category_of(act does)
{
    if (does == act::adapt)
        return category::adapter;
    if (joins(does) || has_two_inputs(does) || keeps_packets(does))
        return category::op;
    return is_publisher(does) ? category::publisher : category::transformer;
}

plan_builder plan_of(const random_graph& graph, graph_record& record)
{
    plan_builder plan;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        plan.node("n" + std::to_string(i), category_of(each.does),
                  [i, each, &record] { return make_random_component(i, each, record); });
        plan.retry({.attempts = each.attempts, .backoff = 1ms, .max_backoff = 1ms});
    }
    for (const random_edge& each : graph.edges)
        plan.edge("n" + std::to_string(each.from) + (each.of_error ? ".error" : ".out"),
                  "n" + std::to_string(each.to) + (each.port == 0 ? ".in" : ".in2"), each.capacity);
    return plan;
}

std::string text_of(const expected_counts& counts)
{
    return std::to_string(counts.delivered) + " delivered, " + std::to_string(counts.dropped) +
           " dropped, " + std::to_string(counts.failed) + " failed, " +
           std::to_string(counts.dead) + " dead";
}

/// One run of a graph.
class graph_trial
{
public:
    explicit graph_trial(const random_graph& graph) : graph_(graph), ended_(graph.requests.size())
    {
    }

    std::string compare(std::chrono::seconds patience)
    {
        bench host({.entries = graph_.most_pending});
        deploy(host, 30s);
        auto event = graph_.events.begin();
        for (std::size_t i = 0; i <= graph_.requests.size(); ++i)
        {
            for (; event != graph_.events.end() && event->before == i; ++event)
                happen(host, *event);
            if (i != graph_.requests.size() && !push(host, i, patience))
                return "request " + std::to_string(i) + " is not accepted";
        }
        if (!wait(host.graph, patience))
            return "a request is not done, and no packet moves for " +
                   std::to_string(patience.count()) +
                   " s: " + write_json(host.graph.stats().at("edges"));
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            compare_counts(i);
        compare_dead_letters(host.dead_letters());
        compare_outputs();
        compare_order();
        compare_growth(host.graph.stats());
        if (host.graph.stop(10s) != 0)
            wrong_ << "entries are left after stop; ";
        return wrong_.str();
    }

private:
    void deploy(bench& host, std::chrono::milliseconds drain)
    {
        host.deploy(plan_of(graph_, record_), graph_.lanes, drain);
    }

    void happen(bench& host, const random_event& event)
    {
        record_.wait_for_received(event.received);
        switch (event.what)
        {
        case happening::redeploy: return deploy(host, 30s);
        case happening::redeploy_short: return deploy(host, 0s);
        case happening::restart: host.graph.stop(30s); return deploy(host, 30s);
        case happening::restart_short: host.graph.stop(0s); return deploy(host, 30s);
        }
    }

    // Sends a request, when there is room for it.
    bool push(bench& host, std::size_t i, std::chrono::seconds patience)
    {
        const random_request& each = graph_.requests[i];
        for (;;)
        {
            std::size_t ended = 0;
            {
                const std::lock_guard lock(mutex_);
                ended = count_ended();
            }
            auto made = bench::make_entry(std::to_string(i) + " " + std::to_string(each.packets));
            made->key = each.key == 0 ? "" : "key " + std::to_string(each.key);
            made->keep = each.durable;
            made->done = [this, i](const receipt& about)
            {
                const receipt_result& found = about.result();
                const std::lock_guard lock(mutex_);
                ended_[i] = {found.delivered, found.dropped, found.failed, found.dead_count};
                changed_.notify_all();
            };
            const admission answer = host.graph.submit(made);
            if (answer != admission::full || i < graph_.most_pending)
                return answer == admission::accepted;
            if (!wait(host.graph, patience, [&] { return count_ended() != ended; }))
                return false;
        }
    }

    // Waits for all requests to end; that takes as long as packets move.
    bool wait(const running_graph& graph, std::chrono::seconds patience)
    {
        return wait(graph, patience, [this] { return count_ended() == ended_.size(); });
    }

    template <class Condition>
    bool wait(const running_graph& graph, std::chrono::seconds patience, Condition holds)
    {
        std::uint64_t before = 0;
        for (std::uint64_t moved = 1; moved != before;)
        {
            before = moved;
            std::unique_lock lock(mutex_);
            if (changed_.wait_for(lock, patience, holds))
                return true;
            lock.unlock();
            moved = packets_received(graph);
        }
        return false;
    }

    [[nodiscard]] std::size_t count_ended() const
    {
        return static_cast<std::size_t>(
            std::ranges::count_if(ended_, [](const auto& each) { return each.has_value(); }));
    }

    static std::uint64_t packets_received(const running_graph& graph)
    {
        std::uint64_t count = 0;
        const json::object stats = graph.stats();
        for (const auto& each : stats.at("nodes").as_object())
            count += each.value().at("received").to_number<std::uint64_t>();
        return count;
    }

    void compare_counts(std::size_t request)
    {
        const expected_end expected = model_of(graph_, request);
        if (*ended_[request] != expected.counts)
            wrong_ << "request " << request << ": " << text_of(*ended_[request]) << " instead of "
                   << text_of(expected.counts) << "; ";
    }

    void compare_dead_letters(const std::vector<dead_letter>& dead_letters)
    {
        std::set<std::pair<std::size_t, std::uint64_t>> expected;
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            expected.merge(model_of(graph_, i).dead);
        for (const dead_letter& each : dead_letters)
        {
            const json::value* value = each.packet.at("fields").as_object().if_contains("value");
            if (value == nullptr || !expected.contains({std::stoull(each.node.substr(1)),
                                                        std::stoull(value->as_string().c_str())}))
                wrong_ << each.node << " has let die after " << each.attempts
                       << " attempts: " << each.reason << ", " << write_json(each.packet) << "; ";
        }
    }

    void compare_outputs()
    {
        std::map<std::pair<std::size_t, std::uint64_t>, std::size_t> expected, found;
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            for (const auto& [output, count] : model_of(graph_, i).outputs)
                expected[output] += count;
        for (const delivery& each : record_.deliveries())
            ++found[{each.node, each.value}];
        // What is worked on again is delivered again.
        if (works_twice(graph_))
            for (auto& [output, count] : found)
                if (const auto once = expected.find(output); once != expected.end())
                    count = std::min(count, once->second);
        if (found != expected)
            wrong_ << "publishers deliver other packets; ";
    }

    // Requests of one key, or all of one lane, reach a publisher one after the other. What is
    // worked on again does so for the first time.
    void compare_order()
    {
        const std::vector<bool> keep =
            graph_.keys == 0 ? keep_request_order(graph_) : keep_key_order(graph_);
        if (graph_.keys == 0 && (graph_.lanes != 1 || !graph_.events.empty()))
            return;
        const bool twice = works_twice(graph_);
        std::set<std::pair<std::size_t, std::uint64_t>> known;
        std::map<std::tuple<std::size_t, std::size_t, bool>, std::size_t> last;
        for (const delivery& each : record_.deliveries())
        {
            if (!keep[each.node] || (!known.insert({each.node, each.value}).second && twice))
                continue;
            const random_request& of = graph_.requests[each.request];
            // One that waits for the journal may be overtaken by one that does not.
            std::size_t& before = last[{each.node, of.key, of.durable}];
            if (each.request < before)
                wrong_ << "n" << each.node << " delivers of request " << each.request
                       << " after request " << before << "; ";
            before = std::max(before, each.request);
        }
    }

    void compare_growth(const json::object& stats)
    {
        std::size_t i = 0;
        for (const json::value& each : stats.at("edges").as_array())
        {
            // Over all lanes.
            const auto packets = each.at("packets").to_number<std::size_t>();
            const auto now = each.at("capacity").to_number<std::size_t>();
            const std::size_t at_first = std::bit_ceil(graph_.edges[i++].capacity) * graph_.lanes;
            if (now > at_first + 2 * packets)
                wrong_ << each.at("to") << " grew from " << at_first << " to " << now << " for "
                       << packets << " packets; ";
        }
    }

    const random_graph& graph_;
    graph_record record_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::optional<expected_counts>> ended_;
    std::ostringstream wrong_;
};

} // namespace

std::string run_and_compare(const random_graph& graph, std::chrono::seconds patience)
{
    return graph_trial(graph).compare(patience);
}

} // namespace penstock::host::tests
