// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that a component is lent where they stand in its edge.
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(lent_packets_of_a_lane)

namespace
{

/// Sends on what it is lent.
void pass(input& in, output& out, function_component&)
{
    for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
        out.send(some);
}

/// Sends on what it is lent, one packet at a time.
void pass_singly(input& in, output& out, function_component&)
{
    for (auto one = in.receive_span(1); !one.empty(); one = in.receive_span(1))
        out.send(one);
}

/// Sends all packets of a request by one output before it sends any by the other.
class one_after_the_other final : public component
{
    input in{*this, "in"};
    output first{*this, "first"};
    output second{*this, "second"};

    void run() override
    {
        while (batch request = in.receive_request())
        {
            for (const packet& each : request)
                first.send(each.clone());
            second.send(std::move(request));
        }
    }
};

/// Takes a packet of the second input for each one of the first, which it begins with.
class second_before_first final : public component
{
public:
    explicit second_before_first(collected& into) : into_(into) {}

private:
    input first{*this, "first"};
    input second{*this, "second"};
    collected& into_;

    void run() override
    {
        while (auto b = second.receive())
        {
            auto a = first.receive();
            into_.add(a->text("text") + b->text("text"));
            deliver(std::move(*a));
            deliver(std::move(*b));
        }
    }
};

std::string lines_to(int last)
{
    std::string text;
    for (int i = 1; i <= last; ++i)
        text += std::to_string(i) + '\n';
    return text;
}

/// Whether the edge to `it`, of 4 at most, is longer by now.
bool has_grown(bench& of)
{
    const json::object stats = of.graph.stats();
    return std::ranges::any_of(
        stats.at("edges").as_array(), [](const json::value& each)
        { return each.at("to") == "it.in" && each.at("capacity").to_number<int>() > 4; });
}

} // namespace

BOOST_AUTO_TEST_CASE(go_on_in_order_through_edges_of_any_capacity)
{
    for (const std::size_t capacity : {1, 2, 8, 256})
    {
        collected got;
        bench bench;
        bench.deploy(plan_builder()
                         .lines()
                         .function("a", pass)
                         .function("b", pass_singly)
                         .function("c", pass)
                         .sink(got)
                         .edge("lines.out", "a.in", capacity)
                         .edge("a.out", "b.in", 4)
                         .edge("b.out", "c.in", 4)
                         .edge("c.out", "sink.in", capacity));
        bench.push(lines_to(1000));
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST_REQUIRE(got.size() == 1000U);
        for (int i = 0; i < 1000; ++i)
            BOOST_TEST_REQUIRE(got.texts()[static_cast<std::size_t>(i)] == std::to_string(i + 1));
        BOOST_TEST(bench.dead_letters().empty());
    }
}

BOOST_AUTO_TEST_CASE(fail_if_nothing_is_said_of_them)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
                if (some.front().text("text") == "send")
                    out.send(some);
        });
    run.push("forget");
    run.push("send");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "1 0 0 0");
    CHECK_TEXTS(run.reasons(), "let go by it without saying what became of it");
}

// Both stand in one row; the first is not in hand any more when the second is worked on.
BOOST_AUTO_TEST_CASE(fail_by_themselves_though_the_next_of_their_row_throws)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("it",
                               [](input& in, output& out, function_component&)
                               {
                                   for (auto one = in.receive_span(1); !one.empty();
                                        one = in.receive_span(1))
                                       if (one.front().text("text") != "left")
                                           out.send(one);
                                       else if (const auto next = in.receive())
                                           throw std::runtime_error(next->text("text"));
                               })
                     .sink(got)
                     .edge("lines.out", "it.in")
                     .edge("it.out", "sink.in"));
    bench.push("left\nbad\nnext");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "next");
    std::set<std::string> reasons;
    for (const dead_letter& each : bench.dead_letters())
        reasons.insert(std::string(each.packet.at("fields").at("text").as_string()) + ": " +
                       each.reason);
    BOOST_TEST((reasons == std::set<std::string>{
                               "bad: bad", "left: let go by it without saying what became of it"}));
}

BOOST_AUTO_TEST_CASE(cost_only_the_packet_to_blame_though_none_is_tried_again)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("spans",
                               [](input& in, output& out, function_component&)
                               {
                                   for (auto some = in.receive_span(64); !some.empty();
                                        some = in.receive_span(64))
                                       for (packet& each : some)
                                       {
                                           if (each.text("text") == "bad")
                                               throw std::runtime_error("bad");
                                           out.send(std::move(each));
                                       }
                               })
                     .sink(got)
                     .edge("lines.out", "spans.in")
                     .edge("spans.out", "sink.in"));
    bench.push("a\nbad\nb\nc\nd\nbad\ne\nf");
    BOOST_TEST_REQUIRE(bench.settle());
    CHECK_TEXTS(got.texts(), "a", "b", "c", "d", "e", "f");
    BOOST_TEST(bench.dead_letters().size() == 2U);
    for (const dead_letter& each : bench.dead_letters())
        BOOST_TEST(each.packet.at("fields").at("text").as_string() == "bad");
}

BOOST_AUTO_TEST_CASE(keep_blocking_work_away_until_all_were_moved)
{
    std::vector<std::string> calls;
    trial run(
        [&](input& in, output& out, function_component&)
        {
            for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
            {
                try
                {
                    blocking([&] { calls.emplace_back("while some are lent"); });
                }
                catch (const std::logic_error& refused)
                {
                    calls.emplace_back(refused.what());
                }
                batch moved(true);
                for (packet& each : some)
                    moved.push_back(std::move(each));
                blocking([&] { calls.emplace_back("when all were moved"); });
                out.send(std::move(moved));
            }
        });
    run.push("a");
    CHECK_TEXTS(run.fates(), "1 0 0 0");
    CHECK_TEXTS(calls,
                "input \"in\": blocking work, or a state's, while packets are left where "
                "receive_span() lent them; that each was moved was expected",
                "when all were moved");
}

// The first of each span, when it is seen first; by either verb.
BOOST_AUTO_TEST_CASE(stay_lent_while_one_of_them_is_set_aside_to_be_tried_again)
{
    for (const bool all : {false, true})
        for (const bool fails : {false, true})
        {
            collected got;
            std::set<std::string> seen;
            std::size_t longest = 0;
            bench bench;
            const auto body = [&](input& in, output& out, function_component& self)
            {
                for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
                {
                    longest = std::max(longest, some.size());
                    for (packet& each : some)
                    {
                        const bool is_new = seen.insert(each.text("text")).second;
                        if (!is_new || (!all && &each != some.data()))
                            out.send(std::move(each));
                        else if (fails)
                            self.fail(std::move(each), "is new");
                        else
                            self.retry(std::move(each), "is new");
                    }
                }
            };
            bench.deploy(plan_builder()
                             .lines()
                             .function("it", body)
                             .retry({.attempts = 3, .backoff = 1ms, .on_fail = true})
                             .sink(got)
                             .edge("lines.out", "it.in")
                             .edge("it.out", "sink.in", 2));
            bench.push(lines_to(64));
            BOOST_TEST_REQUIRE(bench.settle());
            BOOST_TEST(longest > 1U);
            const texts came = got.texts();
            BOOST_TEST(came.size() == 64U);
            BOOST_TEST((std::set<std::string>(came.begin(), came.end()).size() == 64U));
            BOOST_TEST(bench.dead_letters().empty());
        }
}

// While the component waits for room, with packets in hand that stand in the edge.
BOOST_AUTO_TEST_CASE(stay_where_they_are_when_their_edge_grows)
{
    for (const auto& body : {pass, pass_singly})
    {
        collected got;
        bench bench;
        bench.deploy(plan_builder()
                         .lines()
                         .node("split", category::transformer,
                               [] { return std::make_unique<one_after_the_other>(); })
                         .function("it", body)
                         .node("zip", category::publisher,
                               [&] { return std::make_unique<second_before_first>(got); })
                         .edge("lines.out", "split.in")
                         .edge("split.first", "it.in", 2)
                         .edge("it.out", "zip.first", 16)
                         .edge("split.second", "zip.second"));
        bench.push(lines_to(100));
        BOOST_TEST_REQUIRE(bench.settle());
        BOOST_TEST_REQUIRE(got.size() == 100U);
        for (int i = 0; i < 100; ++i)
        {
            const std::string n = std::to_string(i + 1);
            BOOST_TEST_REQUIRE(got.texts()[static_cast<std::size_t>(i)] == n + n);
        }
        BOOST_TEST(has_grown(bench));
    }
}

// And gives no more of what was a span of its port then.
BOOST_AUTO_TEST_CASE(come_once_each_though_their_edge_grows_when_one_was_set_aside)
{
    collected got;
    std::set<std::string> seen;
    const auto body = [&](input& in, output& out, function_component& self)
    {
        for (auto some = in.receive_span(2); !some.empty(); some = in.receive_span(2))
        {
            if (seen.insert(some.front().text("text")).second)
                self.retry(std::move(some.front()), "is new");
            out.send(some);
        }
    };
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .node("split", category::transformer,
                           [] { return std::make_unique<one_after_the_other>(); })
                     .function("it", body)
                     .retry({.attempts = 3, .backoff = 1ms})
                     .node("zip", category::publisher,
                           [&] { return std::make_unique<second_before_first>(got); })
                     .edge("lines.out", "split.in")
                     .edge("split.first", "it.in", 4)
                     .edge("it.out", "zip.first", 4)
                     .edge("split.second", "zip.second"));
    bench.push(lines_to(100));
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST(got.size() == 100U);
    BOOST_TEST(bench.graph.totals().delivered == 200U);
    BOOST_TEST(bench.dead_letters().empty());
    BOOST_TEST(has_grown(bench));
}

BOOST_AUTO_TEST_SUITE_END()
