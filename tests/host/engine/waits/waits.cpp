// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Waits that take too long are told: who waits for whom, and for what.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/waits/long_waits.hpp"

#include <boost/test/unit_test.hpp>

#include <future>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(long_waits)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(of_a_graph_that_moves_no_packet_are_told_until_it_does)
{
    std::promise<void> go_on;
    collected got;
    bench bench;
    running_graph graph("still", {}, impatient(bench));
    const auto plan = plan_builder()
                          .named("still")
                          .lines()
                          .function("slow",
                                    [over = go_on.get_future().share()](input& in, output& out,
                                                                        function_component&)
                                    {
                                        while (auto packet = in.receive())
                                        {
                                            blocking([&] { over.wait(); });
                                            out.send(std::move(*packet));
                                        }
                                    })
                          .sink(got)
                          .edge("lines.out", "slow.in", 1)
                          .edge("slow.out", "sink.in");
    BOOST_REQUIRE(!graph.deploy(plan.build(), 1, 30s));
    auto request = bench::make_entry("a\nb\nc\n");
    std::promise<void> done;
    request->done = [&](const receipt&) { done.set_value(); };
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(bench.log.wait_for(1));
    const auto told = graph.standstills();
    BOOST_REQUIRE(told.size() == 1U);
    BOOST_TEST_CONTEXT(told.front().what)
    {
        BOOST_TEST(mentions(told.front().what, "\"slow\" is in blocking work"));
        BOOST_TEST(mentions(told.front().what, "\"lines\" waits for room before \"slow\""));
        BOOST_TEST(mentions(bench.log.texts().front(), told.front().what));
    }
    go_on.set_value();
    done.get_future().wait();
    while (!graph.standstills().empty()) // until the lane looks again
        std::this_thread::yield();
    BOOST_TEST(got.size() == 3U);
}

BOOST_AUTO_TEST_CASE(that_a_component_chose_are_not_told_and_those_beside_them_are)
{
    std::promise<void> go_on;
    const auto over = go_on.get_future().share();
    collected got;
    bench bench;
    running_graph graph("still", {}, impatient(bench));
    BOOST_REQUIRE(!graph.deploy(plan_builder()
                                    .named("still")
                                    .lines()
                                    .function("window",
                                              [&](input& in, output& out, function_component&)
                                              {
                                                  std::vector<packet> held;
                                                  for (;;)
                                                  {
                                                      auto next = in.receive_until(now() + 200ms);
                                                      if (next)
                                                          held.push_back(std::move(*next));
                                                      else if (next.closed())
                                                          return;
                                                      else
                                                          for (packet& each :
                                                               std::exchange(held, {}))
                                                              out.send(std::move(each));
                                                  }
                                              })
                                    .function("slow",
                                              [over](input& in, output& out, function_component&)
                                              {
                                                  while (auto packet = in.receive())
                                                  {
                                                      if (packet->text("text") == "block")
                                                          blocking([&] { over.wait(); });
                                                      out.send(std::move(*packet));
                                                  }
                                              })
                                    .sink(got)
                                    .edge("lines.out", "window.in")
                                    .edge("lines.out", "slow.in")
                                    .edge("window.out", "sink.in")
                                    .edge("slow.out", "sink.in")
                                    .build(),
                                1, 30s));
    const auto process = [&](const char* text)
    {
        auto request = bench::make_entry(text);
        std::promise<void> done;
        request->done = [&](const receipt&) { done.set_value(); };
        BOOST_REQUIRE((graph.submit(request) == admission::accepted));
        if (text == std::string("block"))
        {
            BOOST_REQUIRE(bench.log.wait_for(1));
            go_on.set_value();
        }
        done.get_future().wait();
    };
    process("a\nb");
    BOOST_TEST(bench.log.texts().empty());
    process("block");
    BOOST_TEST(mentions(bench.log.texts().front(), "\"slow\" is in blocking work"));
    BOOST_TEST(!mentions(bench.log.texts().front(), "window"));
    graph.stop(0ms);
}

BOOST_AUTO_TEST_CASE(of_a_node_that_fails_packets_are_not_told)
{
    collected got;
    bench bench;
    graph_services services = bench.services();
    services.run.limits.standstill = 500ms;
    running_graph graph("failing", {}, services);
    const auto plan = plan_builder()
                          .named("failing")
                          .door()
                          .function("fail",
                                    [](input& in, output&, function_component& self)
                                    {
                                        while (auto packet = in.receive())
                                        {
                                            const auto end = now() + 2s;
                                            while (now() < end)
                                            {
                                                self.fail(packet->derive(), "no");
                                                penstock::wait_for(5ms);
                                            }
                                            self.drop(std::move(*packet));
                                        }
                                    })
                          .sink(got)
                          .edge("door.out", "fail.in")
                          .edge("fail.out", "sink.in");
    BOOST_REQUIRE(!graph.deploy(plan.build(), 1, 30s));
    auto request = bench::make_entry("x");
    std::promise<void> done;
    request->done = [&](const receipt&) { done.set_value(); };
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    done.get_future().wait();
    for (const std::string& line : bench.log.texts())
        BOOST_ERROR(line);
    graph.stop(0ms);
}

BOOST_AUTO_TEST_CASE(that_never_wait_leave_the_lane_to_others_and_are_told_once)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("poller",
                               [](input& in, output& out, function_component&)
                               {
                                   for (;;)
                                   {
                                       auto next = in.receive_until(now());
                                       if (next)
                                           out.send(std::move(*next));
                                       else if (next.closed())
                                           return;
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "poller.in")
                     .edge("poller.out", "sink.in"));
    for (int i = 0; i < 1'000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 1'000U);
    BOOST_TEST_REQUIRE(bench.log.wait_for(1));
    const auto polling = bench.graph.polling_nodes();
    BOOST_TEST_REQUIRE(polling.size() == 1U);
    BOOST_TEST(polling.front().node == "poller");
    const std::string& told = polling.front().report.what;
    BOOST_TEST(told.starts_with("polls \"in\", 10000 times in "), told);
    BOOST_TEST(told.ends_with(" ms without a packet: use receive_until with a later deadline"),
               told);
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(bench.log.texts() == std::vector<std::string>{"poller: " + told},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(are_told_of_no_more_once_a_component_that_polled_waits)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("poller",
                               [](input& in, output& out, function_component&)
                               {
                                   bool polls = true;
                                   for (;;)
                                   {
                                       auto next = in.receive_until(polls ? now() : now() + 1h);
                                       polls = polls && !next;
                                       if (next)
                                           out.send(std::move(*next));
                                       else if (next.closed())
                                           return;
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "poller.in")
                     .edge("poller.out", "sink.in"));
    BOOST_TEST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(bench.graph.polling_nodes().size() == 1U);
    bench.push("stop polling");
    BOOST_TEST_REQUIRE(bench.settle());
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!bench.graph.polling_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(bench.graph.polling_nodes().empty());
}

BOOST_AUTO_TEST_CASE(that_end_at_once_leave_the_lane_to_others_too)
{
    class restless final : public component
    {
        output out{*this, "out"};
        void run() override
        {
            for (;;)
                wait_for(0ms);
        }
    };
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("restless", category::adapter, [] { return std::make_unique<restless>(); })
            .sink(got)
            .edge("door.out", "sink.in")
            .edge("restless.out", "sink.in"));
    bench.push("a");
    BOOST_TEST(bench.settle(20s));
    BOOST_TEST(got.size() == 1U);
}

BOOST_AUTO_TEST_CASE(for_packets_that_never_come_are_told_with_their_producers)
{
    class holder final : public component
    {
        input in{*this, "in"};
        input in2{*this, "in2"};
        output out{*this, "out"};
        void run() override
        {
            while (auto one = in.receive())
                if (auto other = in2.receive())
                    out.send(std::move(*one));
        }
    };
    collected got;
    bench bench;
    running_graph graph("still", {}, impatient(bench));
    BOOST_REQUIRE(
        !graph.deploy(plan_builder()
                          .named("still")
                          .door()
                          .function("empty",
                                    [](input& in, output&, function_component& self)
                                    {
                                        while (auto packet = in.receive())
                                            self.drop(std::move(*packet));
                                    })
                          .node("join", category::op, [] { return std::make_unique<holder>(); })
                          .sink(got)
                          .edge("door.out", "empty.in")
                          .edge("door.out", "join.in")
                          .edge("empty.out", "join.in2")
                          .edge("join.out", "sink.in")
                          .build(),
                      1, 30s));
    auto request = bench::make_entry("one");
    BOOST_REQUIRE((graph.submit(request) == admission::accepted));
    BOOST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(mentions(bench.log.texts().front(),
                        "\"join\" waits for packets at \"in2\" from \"empty\""));
    graph.stop(0ms);
}

BOOST_AUTO_TEST_CASE(in_blocking_work_leave_lines_in_the_log_with_their_node)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("speaker",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       blocking([] { log(severity::warning, "from inside"); });
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "speaker.in")
                     .edge("speaker.out", "sink.in"));
    BOOST_REQUIRE((bench.push("x") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    BOOST_REQUIRE(bench.log.wait_for(1));
    BOOST_TEST(bench.log.texts().front() == "speaker: from inside");
}

BOOST_AUTO_TEST_SUITE_END()
