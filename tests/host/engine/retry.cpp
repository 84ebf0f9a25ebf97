// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <map>
#include <set>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr retry_policy five_times{.attempts = 5, .backoff = 1ms, .max_backoff = 4ms};
constexpr retry_policy three_times{.attempts = 3, .backoff = 1ms, .max_backoff = 4ms};
constexpr retry_policy in_an_hour{.attempts = 5, .backoff = 1h, .max_backoff = 1h};

using texts = std::vector<std::string>;

/// How often each text came, over all instances.
class tries
{
public:
    int add(const std::string& text) { return ++counts_[text]; }
    int of(const std::string& text) const { return counts_.contains(text) ? counts_.at(text) : 0; }

private:
    std::map<std::string, int> counts_; // of one lane, read when all has settled
};

/// Publishes one at a time; throws the first `failures` times that a bad text comes.
function_component::body one_by_one(collected& got, tries& seen, int failures)
{
    return [&got, &seen, failures](input& in, output&, function_component& self)
    {
        while (auto packet = in.receive())
        {
            const std::string text(packet->text("text"));
            if (text.starts_with("bad") && seen.add(text) <= failures)
                throw std::runtime_error("not now");
            got.add(text);
            self.deliver(std::move(*packet));
        }
    };
}

/// Waits until the receipts of all but one entry are done.
bool one_is_pending(const bench& bench)
{
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.pending().entries() != 1 && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    return bench.graph.pending().entries() == 1;
}

#define CHECK_TEXTS(found, ...) \
    BOOST_TEST((found) == (texts{__VA_ARGS__}), boost::test_tools::per_element())

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

BOOST_AUTO_TEST_CASE(holds_back_those_of_its_key_in_order_and_no_others)
{
    collected got;
    tries seen;
    std::atomic<bool> mend{false};
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "keyed",
                         [&](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 const std::string text(packet->text("text"));
                                 if (text == "k1" && !mend)
                                     throw std::runtime_error("not now");
                                 got.add(text);
                                 self.deliver(std::move(*packet));
                             }
                         },
                         category::publisher)
                     .retry({.attempts = 1000, .backoff = 1ms, .max_backoff = 1ms})
                     .edge("lines.out", "keyed.in"));
    bench.push("k0\nk1\nk2", "k");
    bench.push("l1\nl2", "l");
    bench.push("k3", "k");
    bench.push("m1");
    BOOST_TEST_REQUIRE(got.wait_for(4));
    CHECK_TEXTS(got.texts(), "k0", "l1", "l2", "m1");
    mend = true;
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "k0", "l1", "l2", "m1", "k1", "k2", "k3");
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

BOOST_AUTO_TEST_CASE(lets_those_of_its_key_go_on_when_it_has_died)
{
    collected got;
    tries seen;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("keyed", one_by_one(got, seen, 100), category::publisher)
                     .retry(three_times)
                     .edge("lines.out", "keyed.in"));
    bench.push("a\nbad1\nbad2\nb", "k");
    bench.push("bad3\nc", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c");
    BOOST_TEST(bench.dead_letters().size() == 3U);
}

// A transformer that fails a packet goes on with what its port has already been given.
BOOST_AUTO_TEST_CASE(holds_back_what_its_port_was_given_already)
{
    class picky final : public transformer
    {
    public:
        explicit picky(int& calls) : calls_(calls) {}

    private:
        int& calls_;
        void process(packet& each) override
        {
            if (each.text("text") == "b" && ++calls_ < 3)
                throw std::runtime_error("not now");
        }
    };
    int calls = 0;
    collected got;
    bench bench;
    bench.deploy(
        plan_builder()
            .lines()
            .node("picky", category::transformer, [&] { return std::make_unique<picky>(calls); })
            .retry(five_times)
            .sink(got)
            .edge("lines.out", "picky.in")
            .edge("picky.out", "sink.in"));
    bench.push("a\nb\nc\nd", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d");
}

BOOST_AUTO_TEST_CASE(keeps_its_place_among_those_that_were_held_with_it)
{
    collected got;
    int throws = 0;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "gather",
                         [&](input& in, output& out, function_component&)
                         {
                             while (batch all = in.receive_some(4, 1h))
                             {
                                 if (throws++ < 2)
                                     throw std::runtime_error("not now");
                                 for (packet& each : all)
                                     out.send(std::move(each));
                             }
                         },
                         category::op)
                     .retry(five_times)
                     .sink(got)
                     .edge("lines.out", "gather.in")
                     .edge("gather.out", "sink.in"));
    bench.push("a\nb\nc\nd", "k");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d");
    BOOST_TEST(throws == 3);
}

BOOST_AUTO_TEST_SUITE_END()

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
