// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is told of a packet that is tried again, meanwhile and when its attempts are used.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/retry/tries.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <stdexcept>
#include <utility>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_packet_that_fails)

BOOST_AUTO_TEST_CASE(is_reported_until_it_has_got_through)
{
    collected got;
    std::atomic<bool> is_down = true;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "flapping",
                         [&](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 if (is_down)
                                     throw std::runtime_error("nobody listens");
                                 got.add(std::string(packet->text("text")));
                                 self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .retry({.attempts = 60'000, .backoff = 1ms, .max_backoff = 2ms})
                     .edge("door.out", "flapping.in"));
    BOOST_TEST(bench.graph.retrying_nodes().empty());
    const auto before = std::chrono::system_clock::now();
    bench.push("a");
    std::vector<retrying_node> found;
    while (found.empty() || found.front().report.attempt < 3)
        found = bench.graph.retrying_nodes();
    BOOST_TEST(found.size() == 1U);
    BOOST_TEST(found.front().node == "flapping");
    BOOST_TEST(found.front().report.last_error == "nobody listens");
    BOOST_TEST(found.front().report.attempts == 60'000U);
    BOOST_TEST((found.front().report.since >= before));
    BOOST_TEST((found.front().report.next_try >= found.front().report.since));
    is_down = false;
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(is_reported_no_more_when_it_was_sent_on)
{
    std::promise<void> go_on;
    std::promise<void> came;
    bool failed = false; // the lane's
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("once",
                               [&failed](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       if (!std::exchange(failed, true))
                                           throw std::runtime_error("not yet");
                                       out.send(std::move(*packet));
                                   }
                               })
                     .retry({.attempts = 3, .backoff = 1ms, .max_backoff = 2ms})
                     .function("slow",
                               [&came, over = go_on.get_future().share()](input& in, output&,
                                                                          function_component& self)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       came.set_value();
                                       blocking([&] { over.wait(); });
                                       self.deliver(std::move(*packet));
                                   }
                               })
                     .edge("door.out", "once.in")
                     .edge("once.out", "slow.in"));
    bench.push("a");
    came.get_future().wait();
    BOOST_TEST(bench.graph.pending().entries() == 1U);
    BOOST_TEST(bench.graph.retrying_nodes().empty());
    go_on.set_value();
    BOOST_TEST_REQUIRE(bench.settle());
}

BOOST_AUTO_TEST_CASE(is_reported_no_more_when_it_has_died)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("bad", one_by_one(got, seen, 100), category::publisher)
                     .retry(three_times)
                     .edge("door.out", "bad.in"));
    bench.push("bad");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(bench.graph.totals().dead == 1U);
    BOOST_TEST(bench.graph.retrying_nodes().empty());
}

BOOST_AUTO_TEST_CASE(becomes_a_letter_that_says_how_often_it_was_tried)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("never", one_by_one(got, seen, 100), category::publisher)
                     .retry(three_times)
                     .edge("door.out", "never.in"));
    bench.push("bad");
    bench.push("good");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.of("bad") == 3);
    const auto dead_letters = bench.dead_letters();
    BOOST_TEST_REQUIRE(dead_letters.size() == 1U);
    BOOST_TEST(dead_letters[0].attempts == 3U);
    BOOST_TEST(dead_letters[0].reason == "not now");
    BOOST_TEST(bench.graph.totals().delivered == 1U);
}

BOOST_AUTO_TEST_CASE(goes_to_a_wired_error_port_when_it_was_tried_often_enough)
{
    collected got;
    collected failed;
    tries seen;
    tries seen_later;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("never", one_by_one(got, seen, 100), category::publisher)
                     .retry(three_times)
                     .function("after", one_by_one(failed, seen_later, 2), category::publisher)
                     .retry(three_times)
                     .edge("door.out", "never.in")
                     .edge("never.error", "after.in"));
    bench.push("bad");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(seen.of("bad") == 3);
    BOOST_TEST(seen_later.of("bad") == 3); // its tries are counted anew in each node
    CHECK_TEXTS(failed.texts(), "bad");
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
