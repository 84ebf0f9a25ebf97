// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// No graph stands still: whatever its forks and joins, each request ends, and no edge grows beyond
// what the request needs. With PENSTOCK_SHAPES=N, N random samples and all sizes are tried.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <future>
#include <memory>
#include <optional>
#include <random>
#include <set>
#include <sstream>

BOOST_AUTO_TEST_SUITE(standstill)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

std::string numbers_to(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += std::to_string(i) + '\n';
    return text;
}

void pass_each(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
        out.send(std::move(*packet));
}

void drop_each(input& in, output&, function_component& self)
{
    while (auto packet = in.receive())
        self.drop(std::move(*packet));
}

// Passes on only those whose number is a multiple of 16.
void pass_few(input& in, output& out, function_component& self)
{
    while (auto packet = in.receive())
        if (std::stoul(packet->text("text", "0")) % 16 == 0)
            out.send(std::move(*packet));
        else
            self.drop(std::move(*packet));
}

// Waits with a deadline, always.
void pass_until(input& in, output& out, function_component&)
{
    for (;;)
    {
        auto got = in.receive_until(std::chrono::steady_clock::now() + 1ms);
        if (got)
            out.send(std::move(*got));
        else if (got.closed())
            return;
    }
}

void pass_in_batches(input& in, output& out, function_component&)
{
    while (auto batch = in.receive_some(100, 1ms))
        for (packet& each : batch)
            out.send(std::move(each));
}

void pass_whole_requests(input& in, output& out, function_component&)
{
    while (auto batch = in.receive_request())
        for (packet& each : batch)
            out.send(std::move(each));
}

// Throws when it first receives one of which the number is a multiple of 16.
function_component::body pass_at_second_try()
{
    return [seen = std::make_shared<std::set<std::string>>()](input& in, output& out,
                                                              function_component&)
    {
        while (auto packet = in.receive())
        {
            const std::string text(packet->text("text", "0"));
            if (std::stoul(text) % 16 == 0 && seen->insert(text).second)
                throw std::runtime_error("not at once");
            out.send(std::move(*packet));
        }
    };
}

// Takes all packets of a request from one input, then those from the other.
class collate final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        for (;;)
        {
            batch left = in.receive_request();
            batch right = in2.receive_request();
            if (!left && !right)
                return;
            for (batch* each : {&left, &right})
                for (packet& one : *each)
                    out.send(std::move(one));
        }
    }
};

// Takes a packet from each input in turn, and joins them.
class pair_up final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        for (;;)
        {
            auto one = in.receive();
            auto other = in2.receive();
            if (!one || !other)
                return;
            one->join(std::move(*other));
            out.send(std::move(*one));
        }
    }
};

// The same, but asks with a deadline again and again.
class pair_up_until final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    static std::optional<packet> next(input& from)
    {
        for (;;)
        {
            auto got = from.receive_until(std::chrono::steady_clock::now() + 1ms);
            if (got)
                return std::move(*got);
            if (got.closed())
                return std::nullopt;
        }
    }

    void run() override
    {
        for (;;)
        {
            auto one = next(in);
            auto other = next(in2);
            if (!one || !other)
                return;
            one->join(std::move(*other));
            out.send(std::move(*one));
        }
    }
};

// Sends a request's packets to one output first, then as many to the other.
class split_whole final : public component
{
    input in{*this, "in"};
    output out{*this, "out"};
    output out2{*this, "out2"};

    void run() override
    {
        while (auto batch = in.receive_request())
        {
            for (packet& each : batch)
                out.send(each.derive());
            for (packet& each : batch)
                out2.send(each.derive());
        }
    }
};

template <class Component>
std::unique_ptr<component> made()
{
    return std::make_unique<Component>();
}

/// A graph to stand still in; of n packets of a request, `delivered(n)` reach the sink.
struct shape
{
    std::string name;
    std::function<void(plan_builder&, collected& sink, std::size_t capacity)> build;
    std::function<std::size_t(std::size_t)> delivered;
};

std::size_t all_twice(std::size_t n)
{
    return 2 * n;
}

std::size_t all_once(std::size_t n)
{
    return n;
}

std::size_t all_and_few(std::size_t n)
{
    return n + (n + 15) / 16;
}

// A fork whose two branches are joined again.
shape fork_join(std::string name, function_component::body left, plan_builder::maker join,
                std::function<std::size_t(std::size_t)> delivered)
{
    return {std::move(name),
            [left, join](plan_builder& plan, collected& got, std::size_t capacity)
            {
                plan.lines()
                    .function("left", left)
                    .function("right", pass_each)
                    .node("join", category::op, join)
                    .sink(got)
                    .edge("lines.out", "left.in", capacity)
                    .edge("lines.out", "right.in", capacity)
                    .edge("left.out", "join.in", capacity)
                    .edge("right.out", "join.in2", capacity)
                    .edge("join.out", "sink.in", capacity);
            },
            std::move(delivered)};
}

// Two joins, of which the second also waits for the fork itself.
shape nested_joins(std::string name, plan_builder::maker join,
                   std::function<std::size_t(std::size_t)> delivered)
{
    return {std::move(name),
            [join](plan_builder& plan, collected& got, std::size_t capacity)
            {
                plan.lines()
                    .node("inner", category::op, join)
                    .node("outer", category::op, join)
                    .sink(got)
                    .edge("lines.out", "inner.in", capacity)
                    .edge("lines.out", "inner.in2", capacity)
                    .edge("inner.out", "outer.in", capacity)
                    .edge("lines.out", "outer.in2", capacity)
                    .edge("outer.out", "sink.in", capacity);
            },
            std::move(delivered)};
}

std::vector<shape> shapes()
{
    std::vector<shape> all;
    all.push_back(fork_join("fork and join", pass_each, made<collate>, all_twice));
    all.push_back(fork_join("a branch that drops", drop_each, made<collate>, all_once));
    all.push_back(
        fork_join("a branch that waits with a deadline", pass_until, made<collate>, all_twice));
    all.push_back(fork_join("a branch of batches", pass_in_batches, made<pair_up>, all_once));
    all.push_back(fork_join("a branch of requests", pass_whole_requests, made<pair_up>, all_once));
    all.push_back(fork_join("uneven branches", pass_few, made<collate>, all_and_few));
    all.push_back(
        fork_join("a join with deadlines", pass_whole_requests, made<pair_up_until>, all_once));
    all.push_back(fork_join("a branch of batches joined by requests", pass_in_batches,
                            made<collate>, all_twice));
    all.push_back(nested_joins("nested joins of requests", made<collate>,
                               [](std::size_t n) { return 3 * n; }));
    all.push_back(nested_joins("nested joins of pairs", made<pair_up>, all_once));
    all.push_back({"pairs before whole requests",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .function("left", pass_each)
                           .node("join", category::op, made<pair_up>)
                           .function("requests", pass_whole_requests)
                           .sink(got)
                           .edge("lines.out", "left.in", capacity)
                           .edge("left.out", "join.in", capacity)
                           .edge("lines.out", "join.in2", capacity)
                           .edge("join.out", "requests.in", capacity)
                           .edge("requests.out", "sink.in", capacity);
                   },
                   all_once});
    all.push_back({"tries before whole requests",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .function("again", pass_at_second_try())
                           .retry({.attempts = 2, .backoff = 1ms, .max_backoff = 1ms})
                           .function("requests", pass_whole_requests)
                           .sink(got)
                           .edge("lines.out", "again.in", capacity)
                           .edge("again.out", "requests.in", capacity)
                           .edge("requests.out", "sink.in", capacity);
                   },
                   all_once});
    all.push_back({"a split joined in pairs",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .node("split", category::transformer, made<split_whole>)
                           .node("join", category::op, made<pair_up>)
                           .sink(got)
                           .edge("lines.out", "split.in", capacity)
                           .edge("split.out", "join.in", capacity)
                           .edge("split.out2", "join.in2", capacity)
                           .edge("join.out", "sink.in", capacity);
                   },
                   all_once});
    return all;
}

/// What else goes on in the lane meanwhile.
enum class company
{
    nobody,
    timers,   ///< a node wakes every millisecond
    blocking, ///< a node is in blocking work until all else is done
    retries   ///< a node has a packet that it tries again in an hour
};

constexpr company everybody[] = {company::nobody, company::timers, company::blocking,
                                 company::retries};

std::string_view name_of(company who)
{
    switch (who)
    {
    case company::nobody: return "nobody";
    case company::timers: return "timers";
    case company::blocking: return "blocking work";
    case company::retries: return "retries";
    }
    return "";
}

/// A node that is fed through a door of its own, and lets nothing through.
void add_company(plan_builder& plan, company who, std::shared_future<void> over)
{
    if (who == company::nobody)
        return;
    plan.node("other_door", category::adapter,
              []
              {
                  class other_door final : public component
                  {
                      accepts types{*this, {"test/other"}};
                      input in{*this, "in"};
                      output out{*this, "out"};
                      void run() override
                      {
                          while (auto packet = in.receive())
                              out.send(std::move(*packet));
                      }
                  };
                  return std::make_unique<other_door>();
              });
    plan.function(
        "other",
        [who, over = std::move(over)](input& in, output&, function_component& self)
        {
            if (who == company::timers)
                for (;;)
                    if (in.receive_until(std::chrono::steady_clock::now() + 1ms).closed())
                        return;
            while (auto packet = in.receive())
                if (who == company::blocking)
                {
                    blocking([&] { over.wait(); });
                    self.deliver(std::move(*packet));
                }
                else
                    self.fail(std::move(*packet), "not yet");
        },
        category::publisher);
    if (who == company::retries)
        plan.retry({.attempts = 2, .backoff = 1h, .max_backoff = 1h, .on_fail = true});
    plan.edge("other_door.out", "other.in");
}

/// Pushes a request of n packets; returns what is wrong with how it ended, or nothing.
std::string try_out(const shape& what, company who, std::size_t capacity, std::size_t n)
{
    collected got;
    std::promise<void> over;
    std::promise<void> done;
    plan_builder plan;
    what.build(plan, got, capacity);
    add_company(plan, who, over.get_future().share());
    bench bench;
    bench.deploy(plan);
    if (who != company::nobody)
        bench.push(bench::make_entry("other", "test/other"));
    auto request = bench::make_entry(numbers_to(n));
    request->done = [&](const receipt&) { done.set_value(); };
    bench.graph.submit(request);
    const bool is_done = done.get_future().wait_for(5s) == std::future_status::ready;
    over.set_value();
    std::ostringstream wrong;
    if (!is_done)
        wrong << "not done after 5 s; ";
    else if (got.size() != what.delivered(n))
        wrong << got.size() << " delivered instead of " << what.delivered(n) << "; ";
    const json::object stats = bench.graph.stats();
    for (const json::value& each : stats.at("edges").as_array())
    {
        const auto packets = each.at("packets").to_number<std::size_t>();
        const auto now = each.at("capacity").to_number<std::size_t>();
        const std::size_t at_first = each.at("from") == "other_door.out" ? 256 : capacity;
        if (now > std::max(std::bit_ceil(at_first), std::bit_ceil(packets)))
            wrong << each.at("to") << " grew to " << now << " for " << packets << " packets; ";
    }
    if (wrong.str().empty())
        return {};
    return what.name + " beside " + std::string(name_of(who)) + ", capacity " +
           std::to_string(capacity) + ", " + std::to_string(n) + " packets: " + wrong.str();
}

std::size_t wanted_samples()
{
    const char* const text = std::getenv("PENSTOCK_SHAPES");
    return text == nullptr ? 0 : std::stoul(text);
}

/// The capacities to try, and for each the sizes at which an edge is just full, or just not.
std::vector<std::pair<std::size_t, std::size_t>> boundary_sizes(std::vector<std::size_t> capacities)
{
    std::vector<std::pair<std::size_t, std::size_t>> sizes;
    for (const std::size_t capacity : capacities)
        for (const std::size_t times : {1U, 2U, 4U})
            for (const std::size_t n :
                 {capacity * times - 1, capacity * times, capacity * times + 1})
                if (n != 0)
                    sizes.emplace_back(capacity, n);
    std::ranges::sort(sizes);
    const auto same = std::ranges::unique(sizes);
    sizes.erase(same.begin(), same.end());
    return sizes;
}

} // namespace

BOOST_AUTO_TEST_CASE(is_unknown_to_all_shapes_at_the_sizes_at_which_edges_are_full)
{
    const bool is_long = wanted_samples() != 0;
    std::size_t count = 0;
    for (const shape& each : shapes())
        for (const company who : everybody)
            for (const auto& [capacity, n] : boundary_sizes(
                     is_long ? std::vector<std::size_t>{1, 2, 4, 8, 16, 32, 64, 128, 256, 512}
                             : std::vector<std::size_t>{1, 4, 256}))
            {
                const std::string wrong = try_out(each, who, capacity, n);
                BOOST_TEST_REQUIRE(wrong == "");
                ++count;
            }
    BOOST_TEST_MESSAGE(count << " requests at the sizes at which edges are full");
}

BOOST_AUTO_TEST_CASE(is_unknown_to_all_shapes_at_random_sizes)
{
    const std::size_t samples = std::max<std::size_t>(wanted_samples(), 100);
    std::mt19937 dice(20'261'129);
    const std::vector<shape> all = shapes();
    const auto any_to = [&](std::size_t most)
    { return std::uniform_int_distribution<std::size_t>(1, most)(dice); };
    for (std::size_t i = 0; i < samples; ++i)
    {
        const shape& each = all[any_to(all.size()) - 1];
        const company who = everybody[any_to(std::size(everybody)) - 1];
        const std::size_t capacity = std::size_t{1} << (any_to(10) - 1);
        const std::string wrong = try_out(each, who, capacity, any_to(3000));
        BOOST_TEST_REQUIRE(wrong == "");
    }
    BOOST_TEST_MESSAGE(samples << " requests of random sizes");
}

BOOST_AUTO_TEST_SUITE_END()
