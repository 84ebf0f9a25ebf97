// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that a component is lent where they stand in its edge.
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

#include <span>
#include <stdexcept>

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
                         .function("b", pass)
                         .sink(got)
                         .edge("lines.out", "a.in", capacity)
                         .edge("a.out", "b.in", 4)
                         .edge("b.out", "sink.in", capacity));
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

BOOST_AUTO_TEST_CASE(are_let_go_before_blocking_work)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            for (auto some = in.receive_span(64); !some.empty(); some = in.receive_span(64))
            {
                blocking([] {});
                out.send(some);
            }
        });
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
}

// While the component waits for room, with packets in hand that stand in the edge.
BOOST_AUTO_TEST_CASE(stay_where_they_are_when_their_edge_grows)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .node("split", category::transformer,
                           [] { return std::make_unique<one_after_the_other>(); })
                     .function("it", pass)
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
    bool has_grown = false;
    const json::object stats = bench.graph.stats();
    for (const json::value& each : stats.at("edges").as_array())
        has_grown = has_grown || (each.at("to") == "it.in" && each.at("capacity") != 2);
    BOOST_TEST(has_grown);
}

BOOST_AUTO_TEST_SUITE_END()
