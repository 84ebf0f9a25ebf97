// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Waits for room in an edge whose packets take memory.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/waits/long_waits.hpp"

#include <boost/test/unit_test.hpp>

#include <future>

BOOST_AUTO_TEST_SUITE(long_waits)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(for_room_that_would_take_too_much_memory_are_told)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        void run() override
        {
            while (auto packet = in2.receive())
                drop(std::move(*packet));
            while (auto packet = in.receive())
                deliver(std::move(*packet));
        }
    };
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 1'000;
    running_graph graph("still", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("still")
            .lines()
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .build(),
        1, 30s));
    std::string lines;
    for (int i = 0; i < 1'000; ++i)
        lines += "ten bytes.\n";
    auto request = bench::make_entry(lines);
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    while (graph.standstills().empty())
        std::this_thread::yield();
    const std::string told = graph.standstills().front().what;
    BOOST_TEST(mentions(told, "\"lines\" waits for room before \"late\""), told);
    BOOST_TEST(mentions(told, "no edge is doubled, as the packets on them take "), told);
    BOOST_TEST(mentions(told, "the limit is 1000 (edge_memory)"), told);
    BOOST_TEST(graph.stop(1ms) == 1U);
}

BOOST_AUTO_TEST_CASE(for_room_end_though_copies_would_take_too_much_memory_did_they_not_share_it)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        input in3{*this, "in3"};
        void run() override
        {
            for (input* each : {&in3, &in2, &in})
                while (auto packet = each->receive())
                    drop(std::move(*packet));
        }
    };
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 100'000;
    running_graph graph("shared", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("shared")
            .lines()
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .edge("lines.out", "late.in3", 1)
            .build(),
        1, 30s));
    std::string lines;
    for (int i = 0; i < 128; ++i) // as many as an edge holds that was doubled
        lines += std::string(900, 'x') + '\n';
    auto request = bench::make_entry(lines);
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_TEST(graph.stop(20s) == 0U);
}

BOOST_AUTO_TEST_CASE(for_room_end_when_others_packets_have_left_memory)
{
    class late_reader final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        void run() override
        {
            for (input* each : {&in2, &in})
                while (auto packet = each->receive())
                    deliver(std::move(*packet));
        }
    };
    class other_door final : public component
    {
        accepts types{*this, {"text/other"}};
        input in{*this, "in"};
        output out{*this, "out"};
        void run() override
        {
            while (auto packet = in.receive())
                for (int i = 0; i < 3; ++i)
                    out.send(packet->clone());
        }
    };
    std::promise<void> go_on;
    bench bench;
    graph_services services = impatient(bench);
    services.run.limits.edge_memory = 10'000;
    running_graph graph("still", {}, services);
    BOOST_REQUIRE(!graph.deploy(
        plan_builder()
            .named("still")
            .lines()
            .node("other", category::adapter, [] { return std::make_unique<other_door>(); })
            .function(
                "slow",
                [over = go_on.get_future().share()](input& in, output&, function_component& self)
                {
                    while (auto packet = in.receive())
                    {
                        blocking([&] { over.wait(); });
                        self.deliver(std::move(*packet));
                    }
                })
            .node("late", category::publisher, [] { return std::make_unique<late_reader>(); })
            .edge("other.out", "slow.in")
            .edge("lines.out", "late.in", 1)
            .edge("lines.out", "late.in2", 1)
            .build(),
        1, 30s));
    auto large = bench::make_entry(std::string(20'000, 'x'), "text/other");
    BOOST_REQUIRE((graph.submit(large) == admission::accepted));
    auto small = bench::make_entry("a\nb\nc\nd");
    BOOST_REQUIRE((graph.submit(small) == admission::accepted));
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    const auto is_held_up = [&]
    {
        const auto found = graph.standstills();
        return !found.empty() && mentions(found.front().what, "no edge is doubled");
    };
    while (!is_held_up() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(is_held_up());
    go_on.set_value();
    BOOST_TEST(graph.stop(20s) == 0U);
    BOOST_TEST(graph.totals().delivered == 11U);
}

BOOST_AUTO_TEST_SUITE_END()
