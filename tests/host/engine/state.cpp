// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a node keeps for the instances that come after it.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr retry_policy five_attempts{.attempts = 5, .backoff = 1ms, .max_backoff = 4ms};

/// Numbers the packets of all its instances, and tells the number once it is kept.
class kept_count final : public component
{
public:
    /// The first instance that gets "b", if `throws` counts from 0, throws.
    explicit kept_count(collected& into, std::atomic<int>* throws = nullptr)
        : into_(into), throws_(throws)
    {
    }

private:
    input in{*this, "in"};
    penstock::state count{*this, 0};
    collected& into_;
    std::atomic<int>* const throws_;

    void run() override
    {
        while (auto packet = in.receive())
        {
            *count = count->to_number<std::int64_t>() + 1;
            if (throws_ != nullptr && packet->text("text") == "b" && throws_->fetch_add(1) == 0)
                throw std::runtime_error("before it was kept");
            count.save();
            into_.add(packet->text("text") + " " + write_json(*count));
            deliver(std::move(*packet));
        }
    }
};

plan_builder counting(collected& into)
{
    return plan_builder()
        .door()
        .node("count", category::publisher, [&into] { return std::make_unique<kept_count>(into); })
        .retry(five_attempts)
        .edge("door.out", "count.in");
}

} // namespace

BOOST_AUTO_TEST_SUITE(states)

BOOST_AUTO_TEST_CASE(outlive_versions_of_their_graph)
{
    collected got;
    bench bench;
    bench.deploy(counting(got));
    bench.push("a");
    BOOST_TEST(bench.settle());
    bench.deploy(counting(got));
    bench.push("b");
    BOOST_TEST(bench.settle());
    BOOST_TEST(bench.graph.stop(10s) == 0U);
    bench.deploy(counting(got));
    bench.push("c");
    BOOST_TEST(bench.settle());
    const std::vector<std::string> expected{"a 1", "b 2", "c 3"};
    BOOST_TEST(got.texts() == expected, boost::test_tools::per_element());
    BOOST_TEST(bench.states.load("", "count").value() == "3"); // the graph of a plan without a name
}

BOOST_AUTO_TEST_CASE(are_not_saved_while_packets_are_left_where_they_were_lent)
{
    class early final : public component
    {
        input in{*this, "in"};
        penstock::state count{*this, 0};

        void run() override
        {
            while (!in.receive_span(64).empty())
                count.save();
        }
    };
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .node("count", category::publisher, [] { return std::make_unique<early>(); })
                     .edge("door.out", "count.in"));
    bench.push("a");
    BOOST_TEST(bench.settle());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters().front().reason.starts_with("input \"in\": blocking work, or a "
                                                               "state's, while packets are left"));
    BOOST_TEST(!bench.states.load("", "count"));
}

BOOST_AUTO_TEST_CASE(are_as_they_were_saved_last_after_a_throw)
{
    collected got;
    std::atomic<int> throws{0};
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .node("count", category::publisher,
                           [&] { return std::make_unique<kept_count>(got, &throws); })
                     .retry(five_attempts)
                     .edge("door.out", "count.in"));
    for (const char* each : {"a", "b", "c"})
        bench.push(each);
    BOOST_TEST(bench.settle());
    BOOST_TEST(throws == 2);
    BOOST_TEST(got.size() == 3U);
    BOOST_TEST(bench.states.load("", "count").value() == "3");
}

BOOST_AUTO_TEST_CASE(of_a_new_version_are_read_when_the_old_one_has_ended)
{
    collected got;
    std::atomic<bool> is_held{true};
    const auto held = [&](input& in, output& out, function_component&)
    {
        while (auto packet = in.receive())
        {
            blocking([&] { is_held.wait(true); });
            out.send(std::move(*packet));
        }
    };
    const auto plan = [&]
    {
        return plan_builder()
            .door()
            .function("held", held)
            .node("count", category::publisher, [&] { return std::make_unique<kept_count>(got); })
            .edge("door.out", "held.in")
            .edge("held.out", "count.in");
    };
    bench bench;
    bench.deploy(plan());
    bench.push("old");
    bench.deploy(plan());
    bench.push("new");
    is_held = false;
    is_held.notify_all();
    BOOST_TEST(bench.settle());
    const std::vector<std::string> expected{"old 1", "new 2"};
    BOOST_TEST(got.texts() == expected, boost::test_tools::per_element());
}

namespace
{

class kept_count_by_key final : public component
{
public:
    explicit kept_count_by_key(collected& into) : into_(into) {}

private:
    input in{*this, "in"};
    keyed_state count{*this, 0};
    collected& into_;

    void run() override
    {
        while (auto packet = in.receive())
        {
            json::value& value = count.of(*packet);
            value = value.to_number<std::int64_t>() + 1;
            count.save(*packet);
            into_.add(packet->text("text") + " " + write_json(value));
            deliver(std::move(*packet));
        }
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(by_key_are_kept_over_lanes_and_versions)
{
    collected got;
    const auto plan = [&]
    {
        return plan_builder()
            .door()
            .node("count", category::publisher,
                  [&] { return std::make_unique<kept_count_by_key>(got); })
            .edge("door.out", "count.in");
    };
    constexpr int keys = 20;
    constexpr int rounds = 10;
    bench bench;
    for (int round = 0; round < rounds; ++round)
    {
        bench.deploy(plan(), round % 2 == 0 ? 4 : 3); // another lane for most keys
        for (int key = 0; key < keys; ++key)
            bench.push(std::to_string(key), "key " + std::to_string(key));
    }
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == static_cast<std::size_t>(keys * rounds));
    for (int key = 0; key < keys; ++key)
        BOOST_TEST(bench.states.load("", "count", "key " + std::to_string(key)).value() ==
                   std::to_string(rounds));
}

BOOST_AUTO_TEST_CASE(by_key_fail_a_packet_that_has_no_key)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .node("count", category::publisher,
                           [&] { return std::make_unique<kept_count_by_key>(got); })
                     .edge("door.out", "count.in"));
    bench.push("x");
    BOOST_TEST(bench.settle());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    BOOST_TEST(bench.dead_letters().front().reason ==
               "state: the packet has no key; one with the meta that partition_by names was "
               "expected");
}

BOOST_AUTO_TEST_CASE(that_cannot_be_kept_hold_their_packets)
{
    collected got;
    bench bench;
    bench.states.is_full = true;
    bench.deploy(counting(got));
    bench.push("a");
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.retrying_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    const std::vector<retrying_node> waiting = bench.graph.retrying_nodes();
    BOOST_TEST_REQUIRE(waiting.size() == 1U);
    BOOST_TEST(waiting[0].is_away);
    BOOST_TEST(waiting[0].report.last_error == "the state cannot be kept: the disk is full");
    bench.states.is_full = false;
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == std::vector<std::string>{"a 1"}, boost::test_tools::per_element());
    BOOST_TEST(bench.graph.totals().dead == 0U);
}

BOOST_AUTO_TEST_CASE(that_are_damaged_stop_their_node_with_the_reason)
{
    collected got;
    bench bench;
    bench.states.save("", "count", "{");
    bench.deploy(counting(got));
    const auto has_told = [&]
    {
        return std::ranges::any_of(
            bench.log.texts(), [](const std::string& line)
            { return line.find("its state is damaged: ") != std::string::npos; });
    };
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!has_told() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(has_told());
    BOOST_TEST(got.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
