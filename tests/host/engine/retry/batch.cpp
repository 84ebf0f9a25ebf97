// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Which packets of a batch that failed are tried again, and how.
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/retry/tries.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_batch_that_fails)

BOOST_AUTO_TEST_CASE(comes_again_as_one)
{
    collected got;
    std::vector<std::size_t> sizes;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "bulk",
                         [&](input& in, output&, function_component& self)
                         {
                             while (batch some = in.receive_some(10, 1h))
                             {
                                 sizes.push_back(some.size());
                                 if (sizes.size() < 3)
                                     throw std::runtime_error("no answer");
                                 for (packet& each : some)
                                 {
                                     got.add(each.text("text"));
                                     self.deliver(std::move(each));
                                 }
                             }
                         },
                         category::publisher)
                     .retry(five_times)
                     .edge("lines.out", "bulk.in"));
    bench.push("0\n1\n2\n3\n4\n5\n6\n7\n8\n9");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    BOOST_TEST(sizes == (std::vector<std::size_t>{10, 10, 10}), boost::test_tools::per_element());
    BOOST_TEST(bench.graph.totals().delivered == 10U);
}

// Which of them is to blame cannot be told; tried alone, the others get through.
BOOST_AUTO_TEST_CASE(for_one_of_its_packets_loses_only_that)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "bulk",
                         [&](input& in, output&, function_component& self)
                         {
                             while (batch some = in.receive_some(4, 1h))
                             {
                                 for (const packet& each : some)
                                     if (seen.add(std::string(each.text("text"))),
                                         each.text("text") == "poison")
                                         throw std::runtime_error("cannot take that");
                                 for (packet& each : some)
                                 {
                                     got.add(each.text("text"));
                                     self.deliver(std::move(each));
                                 }
                             }
                         },
                         category::publisher)
                     .retry(three_times)
                     .edge("lines.out", "bulk.in"));
    bench.push("a\npoison\nb\nc");
    BOOST_TEST_REQUIRE(bench.settle());
    std::vector<std::string> all = got.texts();
    std::ranges::sort(all);
    CHECK_TEXTS(all, "a", "b", "c");
    BOOST_TEST(seen.of("poison") == 3);
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters()[0].packet.at("fields").at("text") == "poison");
}

// Whether the component waits for the first without a deadline, or always with one.
BOOST_AUTO_TEST_CASE(that_was_gathered_packet_by_packet_loses_only_the_bad_one_too)
{
    const auto gather = [](bool waits_for_the_first)
    {
        return [waits_for_the_first](input& in, output& out, function_component&)
        {
            std::vector<packet> held;
            const auto hold = [&](packet&& next)
            {
                held.push_back(std::move(next));
                if (held.back().text("text") == "poison")
                    throw std::runtime_error("cannot take that");
            };
            for (bool is_open = true; is_open;)
            {
                if (auto first = waits_for_the_first ? in.receive() : std::nullopt)
                    hold(std::move(*first));
                const auto end = std::chrono::steady_clock::now() + 20ms;
                received next = in.receive_until(end);
                for (; next; next = in.receive_until(end))
                    hold(std::move(*next));
                is_open = !next.closed();
                for (const packet& each : held)
                {
                    packet child = each.derive();
                    child.set("text", each.text("text"));
                    out.send(std::move(child));
                }
                held.clear();
            }
        };
    };
    for (const bool waits_for_the_first : {true, false})
    {
        collected got;
        bench bench;
        bench.deploy(plan_builder()
                         .lines()
                         .function("window", gather(waits_for_the_first))
                         .retry(three_times)
                         .sink(got)
                         .edge("lines.out", "window.in")
                         .edge("window.out", "sink.in"));
        bench.push("a\npoison\nb\nc");
        BOOST_TEST_REQUIRE(bench.settle());
        std::vector<std::string> all = got.texts();
        std::ranges::sort(all);
        CHECK_TEXTS(all, "a", "b", "c");
        BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
        BOOST_TEST(bench.dead_letters()[0].packet.at("fields").at("text") == "poison");
    }
}

BOOST_AUTO_TEST_CASE(of_one_who_always_waits_with_a_deadline_gets_through_too)
{
    collected got;
    int commits = 0;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "window",
                         [&](input& in, output&, function_component& self)
                         {
                             std::vector<packet> held;
                             for (;;)
                             {
                                 received next =
                                     in.receive_until(std::chrono::steady_clock::now() + 1ms);
                                 if (next)
                                 {
                                     held.push_back(std::move(*next));
                                     continue;
                                 }
                                 if (!held.empty() && ++commits < 3)
                                     throw std::runtime_error("not now");
                                 for (packet& each : held)
                                 {
                                     got.add(each.text("text"));
                                     self.deliver(std::move(each));
                                 }
                                 held.clear();
                                 if (next.closed())
                                     return;
                             }
                         },
                         category::publisher)
                     .retry(three_times)
                     .edge("lines.out", "window.in"));
    bench.push("a\nb");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 2U);
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_CASE(as_a_request_comes_again_as_a_request)
{
    collected got;
    std::vector<texts> seen;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "file",
                         [&](input& in, output&, function_component& self)
                         {
                             while (batch request = in.receive_request())
                             {
                                 texts& now = seen.emplace_back();
                                 for (const packet& each : request)
                                     now.emplace_back(each.text("text"));
                                 if (seen.size() == 1)
                                     throw std::runtime_error("no room");
                                 for (const std::string& each : now)
                                     got.add(each);
                                 for (packet& each : request)
                                     self.deliver(std::move(each));
                             }
                         },
                         category::publisher)
                     .retry(five_times)
                     .edge("lines.out", "file.in"));
    bench.push("a\nb");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST_REQUIRE(seen.size() == 2U);
    CHECK_TEXTS(seen[0], "a", "b");
    CHECK_TEXTS(seen[1], "a", "b");
    bench.push("c\nd");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(seen.back(), "c", "d");
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d");
}

BOOST_AUTO_TEST_SUITE_END()
