// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// No graph stands still: whatever its forks and joins, each request ends, and no edge grows beyond
// what the request needs. With PENSTOCK_SHAPES=N, N random samples and all sizes are tried.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/waits/standstill_shapes.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <bit>
#include <cstdlib>
#include <future>
#include <memory>
#include <random>
#include <sstream>

BOOST_AUTO_TEST_SUITE(standstill)

using namespace penstock::host::tests::standstill_shapes;
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
