// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Packets in graphs that fork, join and are long.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/flow/pass.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <future>
#include <thread>

BOOST_AUTO_TEST_SUITE(packets_flow)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

std::string numbered_lines(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += std::to_string(i) + '\n';
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(rt_02_through_a_splitter_and_two_branches)
{
    // In place of the original's access log: 38 lines, 26 with POST, 12 with GET.
    std::string log;
    for (int i = 0; i < 38; ++i)
        log += std::string(i % 3 == 1 && i < 36 ? "GET" : "POST") + " /page" + std::to_string(i) +
               "\n";
    const auto grep = [](const char* word)
    {
        return [word](input& in, output& out, function_component& self)
        {
            while (auto packet = in.receive())
                if (packet->text("text").find(word) != std::string::npos)
                    out.send(std::move(*packet));
                else
                    self.drop(std::move(*packet));
        };
    };
    const auto sort_down = [](input& in, output& out, function_component&)
    {
        while (batch request = in.receive_request())
        {
            std::ranges::sort(request, std::greater<>(),
                              [](const packet& p) { return p.text("text"); });
            for (packet& each : request)
                out.send(std::move(each));
        }
    };
    collected posts;
    collected gets;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("post", grep("POST"), category::filter)
                     .function("get", grep("GET"), category::filter)
                     .function("sort", sort_down, category::op)
                     .sink(posts, "posts")
                     .sink(gets, "gets")
                     .edge("lines.out", "post.in")
                     .edge("lines.out", "get.in")
                     .edge("get.out", "sort.in")
                     .edge("post.out", "posts.in")
                     .edge("sort.out", "gets.in"));
    bench.push(log);
    bench.push(log);
    BOOST_TEST(bench.settle());
    BOOST_TEST(posts.size() == 52U);
    const std::vector<std::string> all = gets.texts();
    BOOST_TEST(all.size() == 24U);
    BOOST_TEST(std::is_sorted(all.begin(), all.begin() + 12, std::greater<>()));
    BOOST_TEST(std::equal(all.begin(), all.begin() + 12, all.begin() + 12));
}

BOOST_AUTO_TEST_CASE(rt_09_as_independent_copies_from_one_output_to_many)
{
    collected changed;
    collected kept;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("change",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       packet->set("text", "changed");
                                       out.send(std::move(*packet));
                                   }
                               })
                     .function("pass", pass)
                     .sink(changed, "one")
                     .sink(kept, "two")
                     .edge("door.out", "change.in")
                     .edge("door.out", "pass.in")
                     .edge("change.out", "one.in")
                     .edge("pass.out", "two.in"));
    bench.push("as it was");
    BOOST_TEST(bench.settle());
    BOOST_TEST(changed.texts().at(0) == "changed");
    BOOST_TEST(kept.texts().at(0) == "as it was");
    BOOST_TEST(bench.graph.totals().delivered == 2U);
}

BOOST_AUTO_TEST_CASE(rt_10_over_each_of_parallel_wires)
{
    collected got;
    bench bench;
    bench.deploy(
        plan_builder().door().sink(got).edge("door.out", "sink.in").edge("door.out", "sink.in"));
    bench.push("twice");
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 2U);
}

// Alone behind its output, and beside one that waits.
BOOST_AUTO_TEST_CASE(past_an_edge_that_drops_what_it_has_no_room_for)
{
    for (const bool is_alone : {true, false})
    {
        std::promise<void> go_on;
        collected got;
        collected looked;
        bench bench;
        plan_builder plan;
        plan.lines()
            .function(
                "look",
                [&looked, over = go_on.get_future().share()](input& in, output&,
                                                             function_component& self)
                {
                    while (auto packet = in.receive())
                    {
                        blocking([&] { over.wait(); });
                        looked.add(packet->text("text"));
                        self.deliver(std::move(*packet));
                    }
                },
                category::publisher)
            .sink(got)
            .edge("lines.out", "look.in", 2)
            .drops();
        if (!is_alone)
            plan.edge("lines.out", "sink.in");
        bench.deploy(plan);
        std::shared_ptr<const receipt> issued;
        bench.push(bench::make_entry(numbered_lines(1'000)), &issued);
        if (is_alone)
            while (bench.graph.stats().at("nodes").at("lines").at("sent").to_number<int>() != 1'000)
                std::this_thread::yield();
        else
            BOOST_TEST_REQUIRE(got.wait_for(1'000));
        go_on.set_value();
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST(looked.size() >= 2U);
        BOOST_TEST(looked.size() <= 100U);
        const std::uint64_t dropped = 1'000 - looked.size();
        BOOST_TEST(issued->result().dropped == dropped);
        BOOST_TEST(issued->result().delivered == looked.size() + got.size());
        const json::object stats = bench.graph.stats();
        BOOST_TEST(stats.at("edges").at(0).at("dropped").to_number<std::uint64_t>() == dropped);
        BOOST_TEST(stats.at("edges").at(0).at("packets").to_number<std::uint64_t>() ==
                   looked.size());
        BOOST_TEST(stats.at("nodes").at("lines").at("dropped").to_number<std::uint64_t>() ==
                   dropped);
    }
}

BOOST_AUTO_TEST_CASE(from_many_outputs_into_one_input)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door("first")
                     .door("second")
                     .sink(got)
                     .edge("first.out", "sink.in")
                     .edge("second.out", "sink.in"));
    for (int i = 0; i < 1000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 2000U);
}

BOOST_AUTO_TEST_CASE(through_a_diamond_that_drains)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("left", pass)
                     .function("right", pass)
                     .node("zip", category::op, [] { return std::make_unique<zip>(); })
                     .sink(got)
                     .edge("lines.out", "left.in", 4)
                     .edge("lines.out", "right.in", 4)
                     .edge("left.out", "zip.in", 4)
                     .edge("right.out", "zip.in2", 4)
                     .edge("zip.out", "sink.in", 4));
    bench.push(numbered_lines(1000));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 2000U);
    BOOST_TEST(bench.graph.stop(10s) == 0U);
}

// T. Parks: with bounded edges the branch that drops would starve the one that waits.
BOOST_AUTO_TEST_CASE(without_artificial_deadlock_beside_a_branch_that_drops_everything)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "drop",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                                 self.drop(std::move(*packet));
                         },
                         category::filter)
                     .function("pass", pass)
                     .node("zip", category::op, [] { return std::make_unique<zip>(); })
                     .sink(got)
                     .edge("lines.out", "drop.in")
                     .edge("lines.out", "pass.in")
                     .edge("drop.out", "zip.in")
                     .edge("pass.out", "zip.in2")
                     .edge("zip.out", "sink.in"));
    bench.push(numbered_lines(10'000));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 10'000U);
}

BOOST_AUTO_TEST_CASE(across_a_thousand_nodes)
{
    collected got;
    plan_builder plan;
    plan.door();
    std::string last = "door.out";
    for (int i = 0; i < 1000; ++i)
    {
        const std::string name = "n" + std::to_string(i);
        plan.function(name, pass).edge(last, name + ".in");
        last = name + ".out";
    }
    plan.sink(got).edge(last, "sink.in");
    bench bench;
    bench.deploy(plan);
    for (int i = 0; i < 100; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 100U);
}

BOOST_AUTO_TEST_SUITE_END()
