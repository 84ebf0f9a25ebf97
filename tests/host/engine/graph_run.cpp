// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graph_run.hpp"

#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/graph_model.hpp"

#include <algorithm>
#include <bit>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <sstream>
#include <utility>

namespace penstock::host::tests
{

namespace
{

struct delivery
{
    std::size_t node;
    std::size_t request;
    std::uint64_t value;
};

/// What the components of all lanes have done, and which tries have failed.
class graph_record
{
public:
    void delivered(delivery what)
    {
        std::lock_guard lock(mutex_);
        deliveries_.push_back(what);
    }

    /// Tells whether this try of a chosen packet throws.
    bool fails_this_try(std::size_t node, const random_node& at, std::uint64_t value)
    {
        if (raises_always(at, value))
            return true;
        std::lock_guard lock(mutex_);
        return tries_[{node, value}]++ + 1 < at.attempts;
    }

    [[nodiscard]] std::vector<delivery> deliveries() const
    {
        std::lock_guard lock(mutex_);
        return deliveries_;
    }

private:
    mutable std::mutex mutex_;
    std::vector<delivery> deliveries_;
    std::map<std::pair<std::size_t, std::uint64_t>, std::uint16_t> tries_;
};

std::uint64_t number_in(const packet& from, std::string_view field)
{
    return std::stoull(from.text(field, "0"));
}

packet with_value(packet&& of, std::uint64_t value)
{
    of.set("value", std::to_string(value));
    return std::move(of);
}

packet child_of(const packet& parent, std::uint64_t value)
{
    packet child = parent.derive();
    child.set("request", parent.text("request"));
    return with_value(std::move(child), value);
}

class random_adapter final : public component
{
    accepts types{*this, {"text/plain"}};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
        {
            std::istringstream wanted{std::string(packet->data().view())};
            std::size_t request = 0;
            std::size_t count = 0;
            wanted >> request >> count;
            for (std::size_t n = 0; n < count; ++n)
            {
                auto child = packet->derive();
                child.set("request", std::to_string(request));
                out.send(with_value(std::move(child), first_value(request, n)));
            }
        }
    }
};

/// Any other node of a random graph; a publisher has an output that is never used.
class random_component : public component
{
public:
    random_component(std::size_t number, const random_node& node, graph_record& record)
        : number_(number), node_(node), record_(record)
    {
    }

protected:
    void run() override
    {
        switch (node_.waits)
        {
        case receiving::one:
            while (auto packet = in.receive())
                work_on(std::move(*packet));
            return;
        case receiving::until:
            for (;;)
            {
                auto got = in.receive_until(std::chrono::steady_clock::now() + 1ms);
                if (got.closed())
                    return;
                if (got)
                    work_on(std::move(*got));
            }
        case receiving::some:
            while (auto batch = in.receive_some(7, 1ms))
                for (packet& each : batch)
                    work_on(std::move(each));
            return;
        case receiving::requests:
            while (auto batch = in.receive_request())
                for (packet& each : batch)
                    work_on(std::move(each));
        }
    }

    input in{*this, "in"};
    output out{*this, "out"};

private:
    void work_on(packet&& taken)
    {
        packet held = std::move(taken);
        const std::uint64_t value = number_in(held, "value");
        const bool chosen = is_chosen(node_, value);
        switch (node_.does)
        {
        case act::drop:
            if (chosen)
                return drop(std::move(held));
            break;
        case act::fail:
        case act::deliver_or_fail:
            if (chosen)
                return fail(std::move(held), "chosen");
            break;
        case act::raise:
        case act::deliver_or_raise:
            if (chosen && record_.fails_this_try(number_, node_, value))
                throw std::runtime_error("chosen");
            break;
        case act::expand:
            for (std::size_t k = 0; k < children_of(node_, value); ++k)
                out.send(child_of(held, mixed(value, k)));
            return;
        case act::raise_after_send:
            out.send(child_of(held, mixed(value, 0)));
            if (chosen)
                throw std::runtime_error("chosen");
            return;
        case act::block:
            if (chosen)
                blocking([] {});
            break;
        default: break;
        }
        if (!is_publisher(node_.does))
            return out.send(std::move(held));
        record_.delivered({number_, number_in(held, "request"), value});
        deliver(std::move(held));
    }

    const std::size_t number_;
    const random_node node_;
    graph_record& record_;
};

class random_join final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    static void sort(batch& packets)
    {
        const auto key = [](const packet& each)
        { return std::pair(number_in(each, "value"), each.find_meta("error_reason") != nullptr); };
        std::ranges::sort(packets, {}, key);
    }

    void run() override
    {
        for (;;)
        {
            batch left = in.receive_request();
            batch right = in2.receive_request();
            if (!left && !right)
                return;
            sort(left);
            sort(right);
            for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            {
                if (i >= left.size())
                    out.send(std::move(right[i]));
                else if (i >= right.size())
                    out.send(std::move(left[i]));
                else
                {
                    const std::uint64_t value =
                        mixed(number_in(left[i], "value"), number_in(right[i], "value"));
                    // Seen by the next join, which must sort as the model does.
                    if (const auto* why = right[i].find_meta("error_reason"))
                        left[i].set_meta("error_reason", json::value(*why));
                    left[i].join(std::move(right[i]));
                    out.send(with_value(std::move(left[i]), value));
                }
            }
        }
    }
};

plan_builder plan_of(const random_graph& graph, graph_record& record)
{
    const bool keyed = graph.requests.front().key != 0;
    plan_builder plan;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        const std::string name = "n" + std::to_string(i);
        if (each.does == act::adapt)
            plan.node(name, category::adapter, [] { return std::make_unique<random_adapter>(); });
        else if (each.does == act::join)
            plan.node(name, category::op, [] { return std::make_unique<random_join>(); });
        else
            plan.node(name, is_publisher(each.does) ? category::publisher : category::transformer,
                      [i, each, &record]
                      { return std::make_unique<random_component>(i, each, record); });
        if (each.attempts > 1)
            plan.retry({.attempts = each.attempts, .backoff = 1ms, .max_backoff = 1ms});
        if (keyed)
            plan.keeps_order();
    }
    for (const random_edge& each : graph.edges)
        plan.wire("n" + std::to_string(each.from) + (each.of_error ? ".error" : ".out"),
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
        bench host;
        host.deploy(plan_of(graph_, record_), graph_.lanes);
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            push(host, i);
        if (!wait(host.graph, patience))
            return "a request is not done, and no packet moves for " +
                   std::to_string(patience.count()) +
                   " s: " + write_json(host.graph.stats().at("edges"));
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            compare_counts(i);
        compare_outputs();
        compare_order();
        compare_growth(host.graph.stats());
        if (host.graph.stop(10s) != 0)
            wrong_ << "entries are left after stop; ";
        return wrong_.str();
    }

private:
    void push(bench& host, std::size_t i)
    {
        const random_request& each = graph_.requests[i];
        auto made = bench::make_entry(std::to_string(i) + " " + std::to_string(each.packets));
        made->key = each.key == 0 ? "" : "key " + std::to_string(each.key);
        made->keep = each.durable;
        made->done = [this, i](const receipt& about)
        {
            const receipt_result& found = about.result();
            std::lock_guard lock(mutex_);
            ended_[i] = {found.delivered, found.dropped, found.failed, found.dead_count};
            changed_.notify_all();
        };
        if (host.graph.submit(made) != admission::accepted)
            wrong_ << "request " << i << " is not accepted; ";
    }

    // Tells whether all requests have ended; that takes as long as packets move.
    bool wait(const running_graph& graph, std::chrono::seconds patience)
    {
        std::uint64_t before = 0;
        for (std::uint64_t moved = 1; moved != before;)
        {
            before = moved;
            std::unique_lock lock(mutex_);
            if (changed_.wait_for(lock, patience, [&] { return have_all_ended(); }))
                return true;
            lock.unlock();
            moved = packets_received(graph);
        }
        return false;
    }

    [[nodiscard]] bool have_all_ended() const
    {
        return std::ranges::all_of(ended_, [](const auto& each) { return each.has_value(); });
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

    void compare_outputs()
    {
        std::map<std::pair<std::size_t, std::uint64_t>, std::size_t> expected, found;
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            for (const auto& [output, count] : model_of(graph_, i).outputs)
                expected[output] += count;
        for (const delivery& each : record_.deliveries())
            ++found[{each.node, each.value}];
        if (found != expected)
            wrong_ << "publishers deliver other packets; ";
    }

    // Requests of one key, or all of one lane, reach a publisher one after the other.
    void compare_order()
    {
        const std::vector<bool> keep = keep_request_order(graph_);
        std::map<std::pair<std::size_t, std::size_t>, std::size_t> last;
        for (const delivery& each : record_.deliveries())
        {
            const std::size_t key = graph_.requests[each.request].key;
            if (!keep[each.node] || (key == 0 && graph_.lanes != 1))
                continue;
            std::size_t& before = last[{each.node, key}];
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
