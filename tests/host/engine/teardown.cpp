// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <future>
#include <thread>

BOOST_AUTO_TEST_SUITE(time_and_teardown)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

using steady = std::chrono::steady_clock;

void pass(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
        out.send(std::move(*packet));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_timer_of_two_milliseconds_keeps_its_beat_under_a_flood)
{
    collected got;
    std::atomic<int> beats{0};
    std::atomic<bool> stop{false};
    bench bench;
    bench.deploy(plan_builder()
                     .node("flood", category::adapter,
                           [&stop]() -> std::unique_ptr<component>
                           {
                               class flood final : public component
                               {
                               public:
                                   explicit flood(std::atomic<bool>& stop) : stop_(stop) {}

                               private:
                                   accepts types{*this, {"*/*"}};
                                   input in{*this, "in"};
                                   output out{*this, "out"};
                                   std::atomic<bool>& stop_;

                                   void run() override
                                   {
                                       while (auto packet = in.receive())
                                           while (!stop_)
                                               out.send(packet->derive());
                                   }
                               };
                               return std::make_unique<flood>(stop);
                           })
                     .door("quiet")
                     .function(
                         "discard",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                                 self.deliver(std::move(*packet));
                         },
                         category::publisher)
                     .function(
                         "beat",
                         [&beats](input& in, output&, function_component&)
                         {
                             auto next = steady::now();
                             for (;;)
                             {
                                 next += 2ms;
                                 const received next_packet = in.receive_until(next);
                                 if (next_packet.closed())
                                     return;
                                 if (next_packet.timed_out())
                                     ++beats;
                             }
                         },
                         category::publisher)
                     .edge("flood.out", "discard.in")
                     .edge("quiet.out", "beat.in"));
    bench.push("go");
    // The measured time is the test's own: the clock decides, not a sleep.
    const auto begin = steady::now();
    while (steady::now() - begin < 1s)
        std::this_thread::yield();
    stop = true;
    BOOST_TEST(beats >= 150);
}

BOOST_AUTO_TEST_CASE(cancel_ends_a_lane_with_full_edges)
{
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("pass", pass)
                     .function(
                         "never",
                         [](input& in, output& out, function_component&)
                         {
                             auto first = in.receive();
                             for (;;) // holds the first and waits for time
                                 (void)in.receive_until(steady::now() + 1h), out.send(packet());
                         },
                         category::publisher)
                     .edge("door.out", "pass.in", 2)
                     .edge("pass.out", "never.in", 2));
    for (int i = 0; i < 1000; ++i)
        bench.push(std::to_string(i));
    const auto begin = steady::now();
    (void)bench.graph.stop(0ms);
    BOOST_TEST((steady::now() - begin < 5s));
}

BOOST_AUTO_TEST_CASE(stop_does_not_wait_for_a_component_that_waits_for_time)
{
    std::promise<void> waits;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "sleeper",
                         [&waits](input& in, output&, function_component&)
                         {
                             auto held = in.receive();
                             waits.set_value();
                             (void)in.receive_until(steady::now() + 1h);
                         },
                         category::publisher)
                     .edge("door.out", "sleeper.in"));
    bench.push("x");
    waits.get_future().wait();
    const auto begin = steady::now();
    (void)bench.graph.stop(0ms);
    BOOST_TEST((steady::now() - begin < 2s));
}

BOOST_AUTO_TEST_CASE(stop_returns_by_its_deadline_though_blocking_work_goes_on)
{
    std::promise<void> release;
    auto released = release.get_future().share();
    std::promise<void> blocks;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "blocker",
                         [&blocks, released](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 blocking(
                                     [&]
                                     {
                                         blocks.set_value();
                                         released.wait();
                                     });
                                 self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .edge("door.out", "blocker.in"));
    bench.push("x");
    blocks.get_future().wait();
    const auto begin = steady::now();
    (void)bench.graph.stop(10ms);
    const auto took = steady::now() - begin;
    release.set_value();
    BOOST_TEST((took < 8s));
    BOOST_TEST(bench.log.texts().back().starts_with("blocker: "));
}

BOOST_AUTO_TEST_CASE(a_component_that_swallows_stopped_hears_it_again)
{
    std::atomic<int> heard{0};
    std::promise<void> waits;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "stubborn",
                         [&](input& in, output&, function_component&)
                         {
                             waits.set_value();
                             for (;;)
                             {
                                 try
                                 {
                                     (void)in.receive();
                                 }
                                 catch (...)
                                 {
                                     if (++heard == 3)
                                         throw;
                                 }
                             }
                         },
                         category::publisher)
                     .edge("door.out", "stubborn.in"));
    waits.get_future().wait();
    (void)bench.graph.stop(0ms);
    BOOST_TEST(heard == 3);
}

BOOST_AUTO_TEST_CASE(rt_07_stop_works_off_what_was_taken)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"));
    for (int i = 0; i < 5000; ++i)
        bench.push(std::to_string(i));
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    BOOST_TEST(got.size() == 5000U);
    BOOST_TEST((bench.push("late") == admission::closed));
}

BOOST_AUTO_TEST_CASE(receive_some_returns_what_came_within_its_window)
{
    std::promise<std::size_t> size;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "bulk",
                         [&size](input& in, output&, function_component& self)
                         {
                             bool first = true;
                             while (batch some = in.receive_some(1000, 20ms))
                             {
                                 if (std::exchange(first, false))
                                     size.set_value(some.size());
                                 for (packet& each : some)
                                     self.deliver(std::move(each));
                             }
                         },
                         category::publisher)
                     .edge("door.out", "bulk.in"));
    bench.push("one");
    BOOST_TEST(size.get_future().get() == 1U);
}

// Another node was in blocking work after it, and has come back.
BOOST_AUTO_TEST_CASE(the_node_that_does_not_return_from_blocking_work_is_named)
{
    std::promise<void> begun;
    std::promise<void> over;
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "slow",
                         [&begun, released = over.get_future().share()](input& in, output&,
                                                                        function_component&)
                         {
                             while (auto packet = in.receive())
                                 blocking(
                                     [&]
                                     {
                                         begun.set_value();
                                         released.wait();
                                     });
                         },
                         category::publisher)
                     .function(
                         "quick",
                         [&got](input& in, output&, function_component&)
                         {
                             while (auto packet = in.receive())
                             {
                                 blocking([] {});
                                 got.add("one");
                             }
                         },
                         category::publisher)
                     .edge("door.out", "slow.in")
                     .edge("door.out", "quick.in"));
    bench.push("for both");
    begun.get_future().wait();
    bench.push("for the quick one");
    BOOST_TEST(got.wait_for(2));
    bench.graph.stop(0ms);
    const auto log = bench.log.texts();
    BOOST_TEST(std::ranges::any_of(
        log, [](const std::string& line)
        { return line.starts_with("slow: does not return from blocking work"); }));
    over.set_value();
}

BOOST_AUTO_TEST_SUITE_END()
