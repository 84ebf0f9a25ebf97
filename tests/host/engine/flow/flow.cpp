// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/flow/pass.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(packets_flow)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(rt_01_in_order_through_one_lane)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("hello",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       packet->set("text", "Hello " + packet->text("text"));
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "hello.in")
                     .edge("hello.out", "sink.in"));
    for (const char* name : {"Tom", "Dick", "Harry"})
        bench.push(name);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"Hello Tom", "Hello Dick", "Hello Harry"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.graph.totals().delivered == 3U);
}

BOOST_AUTO_TEST_CASE(rt_03_to_each_adapter_once)
{
    collected one;
    collected two;
    bench bench;
    bench.deploy(plan_builder()
                     .door("first")
                     .door("second")
                     .sink(one, "one")
                     .sink(two, "two")
                     .edge("first.out", "one.in")
                     .edge("second.out", "two.in"));
    bench.push("d");
    BOOST_TEST(bench.settle());
    BOOST_TEST(one.size() == 1U);
    BOOST_TEST(two.size() == 1U);
}

BOOST_AUTO_TEST_CASE(rt_08_whatever_their_value)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"));
    for (const char* text : {"-1", "null", ""})
        bench.push(text);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"-1", "null", ""}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(with_an_order_per_key_over_several_lanes)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"), 4);
    for (int i = 0; i < 2000; ++i)
        bench.push(std::to_string(i % 10) + ":" + std::to_string(i), std::to_string(i % 10));
    BOOST_TEST(bench.settle());
    std::map<char, int> last;
    bool in_order = true;
    for (const std::string& each : got.texts())
    {
        const int number = std::stoi(each.substr(2));
        in_order = in_order && (!last.contains(each[0]) || last[each[0]] < number);
        last[each[0]] = number;
    }
    BOOST_TEST(in_order);
    BOOST_TEST(got.size() == 2000U);
}

// What keeps packets over several receives sends them when the end of their request has passed.
BOOST_AUTO_TEST_CASE(behind_the_end_of_their_request_to_who_receives_requests)
{
    const auto keep = [](input& in, output& out, function_component&)
    {
        std::vector<packet> kept;
        for (bool is_closed = false; !is_closed;)
        {
            received next = in.receive_until(std::chrono::steady_clock::now() + 2ms);
            is_closed = next.closed();
            if (next)
            {
                kept.push_back(std::move(*next));
                continue;
            }
            for (packet& each : kept)
                out.send(std::move(each));
            kept.clear();
        }
    };
    const auto whole = [](input& in, output& out, function_component&)
    {
        while (batch request = in.receive_request())
            for (packet& each : request)
                out.send(std::move(each));
    };
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("keep", keep)
                     .function("whole", whole)
                     .node("zip", category::op, [] { return std::make_unique<zip>(); })
                     .sink(got)
                     .edge("lines.out", "keep.in")
                     .edge("keep.out", "whole.in")
                     .edge("lines.out", "zip.in")
                     .edge("whole.out", "zip.in2")
                     .edge("zip.out", "sink.in"));
    bench.push("a\nb\nc");
    BOOST_TEST(bench.settle());
    bench.push("d");
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 8U);
}

BOOST_AUTO_TEST_CASE(to_nowhere_from_an_unwired_output_and_count_as_dropped)
{
    bench bench;
    bench.deploy(plan_builder().door().function("pass", pass).edge("door.out", "pass.in"));
    bench.push("lost");
    BOOST_TEST(bench.settle());
    BOOST_TEST(bench.graph.totals().dropped == 1U);
}

BOOST_AUTO_TEST_CASE(from_a_source_as_entries_of_their_own)
{
    class source final : public component
    {
        output out{*this, "out"};

        void run() override
        {
            for (int i = 0; i < 1000; ++i)
            {
                packet made;
                made.set("text", std::to_string(i));
                out.send(std::move(made));
            }
        }
    };
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .node("source", category::adapter, [] { return std::make_unique<source>(); })
                     .sink(got)
                     .edge("source.out", "sink.in"),
                 2);
    BOOST_TEST(got.wait_for(1000));
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    BOOST_TEST(got.size() == 1000U);
    BOOST_TEST(bench.graph.totals().accepted == 1000U);
    BOOST_TEST(bench.graph.totals().delivered == 1000U);
}

BOOST_AUTO_TEST_CASE(as_triggers_only_to_adapters_that_take_them)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .lines()
                     .sink(got)
                     .edge("door.out", "sink.in")
                     .edge("lines.out", "sink.in"));
    bench.push(bench::make_entry("", ""));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
