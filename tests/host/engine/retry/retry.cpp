// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"
#include "tests/host/engine/retry/tries.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr retry_policy in_an_hour{.attempts = 5, .backoff = 1h, .max_backoff = 1h};

/// Waits until the receipts of all but one entry are done.
bool one_is_pending(const bench& bench)
{
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.pending().entries() != 1 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    return bench.graph.pending().entries() == 1;
}

} // namespace

BOOST_AUTO_TEST_SUITE(a_packet_that_fails)

BOOST_AUTO_TEST_CASE(is_tried_again_until_its_publisher_takes_it)
{
    collected got;
    int calls = 0;
    std::map<std::string, std::set<std::string>> ids;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "flapping",
                         [&](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 const std::string text(packet->text("text"));
                                 ids[text].insert(packet->id().text());
                                 if (++calls % 3 != 0)
                                     throw std::runtime_error("flaps");
                                 got.add(text);
                                 self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .retry({.attempts = 1000, .backoff = 1ms, .max_backoff = 2ms})
                     .edge("lines.out", "flapping.in"));
    std::string text;
    for (int i = 0; i < 100; ++i)
        text += std::to_string(i) + '\n';
    bench.push(text);
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 100U);
    BOOST_TEST(bench.graph.totals().delivered == 100U);
    BOOST_TEST(bench.graph.totals().dead == 0U);
    BOOST_TEST(ids.size() == 100U);
    BOOST_TEST(std::ranges::all_of(ids, [](const auto& each) { return each.second.size() == 1; }));
    const json::object stats = bench.graph.stats();
    BOOST_TEST(stats.at("nodes").at("flapping").at("retries").to_number<int>() == calls - 100);
    BOOST_TEST(bench.graph.failed_nodes().empty());
}

BOOST_AUTO_TEST_CASE(does_not_hold_up_others)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("slow", one_by_one(got, seen, 1), category::publisher)
                     .retry(in_an_hour)
                     .edge("door.out", "slow.in"));
    for (const char* each : {"a", "bad", "b", "c"})
        bench.push(each);
    BOOST_TEST_REQUIRE(got.wait_for(3));
    CHECK_TEXTS(got.texts(), "a", "b", "c");
    BOOST_TEST(one_is_pending(bench));
}

BOOST_AUTO_TEST_CASE(stays_pending_when_its_graph_is_cancelled_and_goes_to_the_next)
{
    collected got;
    tries seen;
    bench bench;
    const auto plan = [&](retry_policy policy)
    {
        return plan_builder()
            .door()
            .function("once", one_by_one(got, seen, 1), category::publisher)
            .retry(policy)
            .edge("door.out", "once.in");
    };
    bench.deploy(plan(in_an_hour));
    bench.push("bad");
    bench.push("good");
    BOOST_TEST_REQUIRE(got.wait_for(1));
    BOOST_TEST(one_is_pending(bench));
    bench.deploy(plan(five_times), 1, 0ms);
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "good", "bad");
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_CASE(is_worked_off_by_a_graph_that_drains)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("slow", one_by_one(got, seen, 3), category::publisher)
                     .retry(five_times)
                     .sink(got)
                     .edge("door.out", "slow.in")
                     .edge("slow.out", "sink.in"));
    bench.push("bad");
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    CHECK_TEXTS(got.texts(), "bad");
}

BOOST_AUTO_TEST_CASE(is_worked_off_though_it_failed_when_all_had_closed)
{
    collected got;
    bench bench;
    int calls = 0;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "last",
                         [&](input& in, output&, function_component& self)
                         {
                             std::vector<packet> held;
                             while (auto packet = in.receive())
                                 held.push_back(std::move(*packet));
                             ++calls;
                             for (packet& each : held)
                                 if (calls == 1)
                                     self.fail(std::move(each), "not yet");
                                 else
                                 {
                                     got.add(each.text("text"));
                                     self.deliver(std::move(each));
                                 }
                         },
                         category::publisher)
                     .retry({.backoff = 1ms, .on_throw = false, .on_fail = true})
                     .edge("door.out", "last.in"));
    bench.push("a");
    bench.push("b");
    BOOST_TEST(bench.graph.stop(20s) == 0U);
    std::vector<std::string> all = got.texts();
    std::ranges::sort(all); // each waited for a time of its own
    CHECK_TEXTS(all, "a", "b");
    BOOST_TEST(calls == 2);
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(is_counted_anew_in_the_next_node)
{
    collected got;
    tries first;
    tries second;
    const auto fails_twice = [](tries& seen)
    {
        return [&seen](input& in, output& out, function_component&)
        {
            while (auto packet = in.receive())
            {
                if (seen.add(std::string(packet->text("text"))) <= 2)
                    throw std::runtime_error("not now");
                out.send(std::move(*packet));
            }
        };
    };
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("first", fails_twice(first))
                     .retry(three_times)
                     .function("second", fails_twice(second))
                     .retry(three_times)
                     .sink(got)
                     .edge("door.out", "first.in")
                     .edge("first.out", "second.in")
                     .edge("second.out", "sink.in"));
    bench.push("a");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a");
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_CASE(by_fail_is_tried_again_only_if_the_policy_says_so)
{
    for (const bool on_fail : {false, true})
    {
        collected got;
        int calls = 0;
        bench bench;
        bench.deploy(plan_builder()
                         .door()
                         .function(
                             "wary",
                             [&](input& in, output&, function_component& self)
                             {
                                 while (auto packet = in.receive())
                                     if (++calls == 1)
                                         self.fail(std::move(*packet), "no");
                                     else
                                     {
                                         got.add(packet->text("text"));
                                         self.deliver(std::move(*packet));
                                     }
                             },
                             category::publisher)
                         .retry({.backoff = 1ms, .on_fail = on_fail})
                         .edge("door.out", "wary.in"));
        bench.push("a");
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST(got.size() == (on_fail ? 1U : 0U));
        BOOST_TEST(bench.dead_letters().size() == (on_fail ? 0U : 1U));
    }
}

BOOST_AUTO_TEST_CASE(in_process_of_a_transformer_counts_as_thrown)
{
    class picky final : public transformer
    {
    public:
        explicit picky(int& calls) : calls_(calls) {}

    private:
        int& calls_;
        void process(packet&) override
        {
            if (++calls_ < 3)
                throw std::runtime_error("not now");
        }
    };
    int calls = 0;
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .door()
            .node("picky", category::transformer, [&] { return std::make_unique<picky>(calls); })
            .retry(five_times)
            .sink(got)
            .edge("door.out", "picky.in")
            .edge("picky.out", "sink.in"));
    bench.push("a");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a");
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_SUITE_END()
