// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Waits for a time.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(long_waits)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(for_a_time_keep_no_other_node_and_no_thread)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("patient",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       if (packet->text("text") == "wait")
                                           wait_for(5ms);
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .sink(got, "other")
                     .edge("lines.out", "patient.in")
                     .edge("patient.out", "sink.in")
                     .edge("lines.out", "other.in"));
    const auto begin = std::chrono::steady_clock::now();
    BOOST_REQUIRE((bench.push("before\nwait\nafter\n") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    BOOST_TEST((std::chrono::steady_clock::now() - begin >= 5ms));
    BOOST_TEST(got.size() == 6U);
}

BOOST_AUTO_TEST_CASE(for_a_time_end_at_teardown)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("patient",
                               [&](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       got.add("waits");
                                       try
                                       {
                                           wait_for(std::chrono::hours(24));
                                       }
                                       catch (const stopped&)
                                       {
                                           got.add("stopped");
                                           throw;
                                       }
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "patient.in")
                     .edge("patient.out", "sink.in"));
    auto request = bench::make_entry("x");
    BOOST_REQUIRE((bench.graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(got.wait_for(1));
    bench.graph.stop(0ms);
    BOOST_REQUIRE(got.wait_for(2));
    BOOST_TEST(got.texts().back() == "stopped");
}

BOOST_AUTO_TEST_SUITE_END()
