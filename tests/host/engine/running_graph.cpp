// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_running_graph)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

plan_builder straight(collected& into)
{
    plan_builder plan;
    plan.door().sink(into).edge("door.out", "sink.in");
    return plan;
}

// Waits with each packet until it is told to go on.
plan_builder gated(collected& into, std::shared_future<void> gate)
{
    plan_builder plan;
    plan.door()
        .function("gate",
                  [gate](input& in, output& out, function_component&)
                  {
                      while (auto packet = in.receive())
                      {
                          blocking([&] { gate.wait(); });
                          out.send(std::move(*packet));
                      }
                  })
        .sink(into)
        .edge("door.out", "gate.in", 4)
        .edge("gate.out", "sink.in", 4);
    return plan;
}

} // namespace

BOOST_AUTO_TEST_CASE(loses_nothing_over_deployments_under_load)
{
    collected got;
    bench bench;
    bench.deploy(straight(got), 2);
    std::atomic<bool> stop{false};
    std::size_t pushed = 0;
    std::thread load(
        [&]
        {
            while (!stop)
                if (bench.push("x", pushed % 2 == 0 ? "" : "key") == admission::accepted)
                    ++pushed;
        });
    for (int i = 0; i < 100; ++i)
        bench.deploy(straight(got), 2);
    stop = true;
    load.join();
    BOOST_TEST(bench.settle());
    BOOST_TEST(pushed > 0U);
    BOOST_TEST(got.size() == pushed);
}

BOOST_AUTO_TEST_CASE(moves_what_a_cancelled_version_had_to_its_successor)
{
    plan_builder never;
    never.door()
        .function(
            "hold",
            [](input& in, output&, function_component&)
            {
                std::vector<packet> held;
                for (;;) // ends only by being stopped
                    if (received next = in.receive_until(std::chrono::steady_clock::now() + 1ms))
                        held.push_back(std::move(*next));
            },
            category::publisher)
        .edge("door.out", "hold.in", 4);
    collected got;
    bench bench;
    bench.deploy(never);
    for (int i = 0; i < 20; ++i)
        bench.push(std::to_string(i));
    bench.deploy(straight(got), 1, 0ms);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 20U);
}

BOOST_AUTO_TEST_CASE(keeps_entries_of_a_key_in_order_over_a_deployment)
{
    std::promise<void> gate;
    collected got;
    bench bench;
    bench.deploy(gated(got, gate.get_future().share()));
    for (int i = 0; i < 10; ++i)
        bench.push(std::to_string(i), "key");
    bench.deploy(straight(got));
    for (int i = 10; i < 20; ++i)
        bench.push(std::to_string(i), "key");
    gate.set_value();
    BOOST_TEST(bench.settle());
    std::vector<std::string> expected;
    for (int i = 0; i < 20; ++i)
        expected.push_back(std::to_string(i));
    BOOST_TEST(got.texts() == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(keeps_entries_of_a_key_in_order_wherever_a_cancelled_version_had_them)
{
    const auto make = [](plan_builder& plan, auto last)
    {
        last(plan.door().function("pass",
                                  [](input& in, output& out, function_component&)
                                  {
                                      while (auto packet = in.receive())
                                          out.send(std::move(*packet));
                                  }))
            .edge("door.out", "pass.in", 4)
            .edge("pass.out", "sink.in", 4);
    };
    const auto away = [](input& in, output&, function_component&)
    {
        while (auto packet = in.receive())
            throw unavailable("nobody is there", 1h);
    };
    plan_builder never;
    make(never, [&](plan_builder& plan) -> plan_builder& { return plan.function("sink", away); });
    collected got;
    plan_builder after;
    make(after, [&](plan_builder& plan) -> plan_builder& { return plan.sink(got); });
    bench bench;
    bench.deploy(never);
    std::vector<std::string> expected;
    for (int i = 0; i < 700; ++i) // more than there is room for in the edges and before the adapter
    {
        expected.push_back(std::to_string(i));
        bench.push(expected.back(), "key");
    }
    bench.deploy(after, 1, 0ms);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == expected, boost::test_tools::per_element());
}

// What was given to a version comes back while the rest of what waits is still being given out.
BOOST_AUTO_TEST_CASE(keeps_entries_of_a_key_in_order_though_versions_follow_each_other_at_once)
{
    constexpr int count = 50'000;
    std::promise<void> open;
    collected first; // what the first version may deliver before it ends
    collected got;
    bench bench;
    bench.deploy(gated(first, open.get_future().share()));
    std::vector<std::string> expected;
    for (int i = 0; i < count; ++i)
    {
        expected.push_back(std::to_string(i));
        bench.push(expected.back(), "key");
    }
    bench.deploy(straight(got), 1, 0ms);
    open.set_value(); // from now on they are given out
    for (int i = 0; i < 30 && !bench.settle(0s); ++i)
    {
        got.wait_for(got.size() + 1, 1s);
        bench.deploy(straight(got), 1, 0ms);
    }
    BOOST_TEST_REQUIRE(bench.settle());
    std::vector<std::string> found = first.texts();
    const std::vector<std::string> others = got.texts();
    found.insert(found.end(), others.begin(), others.end());
    BOOST_TEST_REQUIRE(found.size() == expected.size());
    const auto differs = std::ranges::mismatch(found, expected);
    BOOST_TEST((differs.in1 == found.end()));
}

BOOST_AUTO_TEST_CASE(refuses_entries_beyond_its_quota_and_takes_them_again_later)
{
    std::promise<void> gate;
    collected got;
    bench bench({.entries = 10, .bytes = 1 << 20});
    bench.deploy(gated(got, gate.get_future().share()));
    std::size_t accepted = 0;
    while (bench.push("x") == admission::accepted)
        ++accepted;
    BOOST_TEST(accepted == 10U);
    BOOST_TEST((bench.push("x") == admission::full));
    BOOST_TEST(bench.graph.totals().refused == 2U);
    gate.set_value();
    BOOST_TEST(bench.settle());
    BOOST_TEST((bench.push("x") == admission::accepted));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 11U);
}

BOOST_AUTO_TEST_CASE(refuses_for_good_what_can_never_fit)
{
    collected got;
    bench bench({.entries = 10, .bytes = 1000});
    bench.deploy(straight(got));
    BOOST_TEST((bench.push(std::string(2000, 'x')) == admission::too_large));
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.pending().bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(gives_its_whole_quota_back)
{
    collected got;
    bench bench;
    bench.deploy(straight(got), 2);
    for (int i = 0; i < 1000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(bench.settle());
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.pending().bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(keeps_running_when_a_new_version_does_not_start)
{
    class unstartable final : public component
    {
        input in{*this, "in"};
        void start() override { throw std::runtime_error("no model"); }
        void run() override {}
    };
    collected got;
    bench bench;
    bench.deploy(straight(got));
    plan_builder bad;
    bad.door()
        .node("model", category::publisher, [] { return std::make_unique<unstartable>(); })
        .edge("door.out", "model.in");
    BOOST_TEST(bench.graph.deploy(bad.build(), 1, 1s).has_value());
    BOOST_TEST((bench.push("x") == admission::accepted));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 1U);
}

BOOST_AUTO_TEST_CASE(accounts_for_every_packet_when_it_has_stopped)
{
    bench bench;
    collected got;
    plan_builder plan;
    plan.lines()
        .function("sort_out",
                  [](input& in, output& out, function_component& self)
                  {
                      while (auto packet = in.receive())
                      {
                          const std::string text = packet->text("text");
                          if (text == "fail")
                              self.fail(std::move(*packet), "told to");
                          else if (text == "drop")
                              self.drop(std::move(*packet));
                          else
                              out.send(std::move(*packet));
                      }
                  })
        .sink(got)
        .edge("lines.out", "sort_out.in")
        .edge("sort_out.out", "sink.in");
    bench.deploy(plan, 2);
    for (int i = 0; i < 500; ++i)
        bench.push("keep\ndrop\nfail\n");
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    const graph_totals totals = bench.graph.totals();
    BOOST_TEST(totals.delivered == 500U);
    BOOST_TEST(totals.dropped == 500U);
    BOOST_TEST(totals.dead == 500U);
    BOOST_TEST(totals.done == 500U);
}

BOOST_AUTO_TEST_SUITE_END()
