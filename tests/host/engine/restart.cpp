// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(a_component_that_throws)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// As printed in the guide for authors; text() throws for a packet without that field.
class greet final : public penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::parameter<std::string> greeting{*this, "greeting", "hello",
                                              "What to say to each packet."};

    void run() override // one fiber; a true coroutine, as a Stackless tasklet was
    {
        while (auto packet = in.receive()) // suspends; empty when every upstream has closed
        {
            packet->set("text", *greeting + ", " + packet->text("text"));
            out.send(std::move(*packet)); // suspends while the edge is full
        }
    }
};

// The same, but it handles by itself; the packet is let go while the exception unwinds.
class careful_greet final : public penstock::component
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto received = in.receive())
        {
            try
            {
                packet mine = std::move(*received);
                mine.set("text", "hello, " + mine.text("text"));
                out.send(std::move(mine));
            }
            catch (const std::exception& error)
            {
                log(severity::debug, error.what());
            }
        }
    }
};

std::string every_tenth_is_bad(std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i)
        text += (i % 10 == 0 ? "bad" : "good") + std::to_string(i) + '\n';
    return text;
}

// Makes packets of lines; of a bad one the field `text` is a number.
void number_the_bad(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        if (packet->text("text").starts_with("bad"))
            packet->set("text", 1);
        out.send(std::move(*packet));
    }
}

template <class Greet>
void throws_on_a_tenth()
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("spoil", number_the_bad)
                     .node("greet", category::transformer, [] { return std::make_unique<Greet>(); })
                     .sink(got)
                     .edge("lines.out", "spoil.in")
                     .edge("spoil.out", "greet.in")
                     .edge("greet.out", "sink.in"));
    bench.push(every_tenth_is_bad(10'000));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 9'000U);
    const graph_totals totals = bench.graph.totals();
    BOOST_TEST(totals.delivered == 9'000U);
    BOOST_TEST(totals.dead == 1'000U);
    BOOST_TEST(totals.dropped == 0U);
    BOOST_TEST(bench.dead_letters().size() == 1'000U);
    for (const dead_letter& each : bench.dead_letters())
    {
        BOOST_TEST(!each.reason.empty());
        BOOST_TEST(each.node == "greet");
        BOOST_TEST(each.packet.at("fields").at("text") == 1);
    }
    BOOST_TEST(bench.graph.failed_nodes().empty());
}

} // namespace

BOOST_AUTO_TEST_CASE(loses_only_the_packets_it_threw_on)
{
    throws_on_a_tenth<greet>();
}

BOOST_AUTO_TEST_CASE(loses_only_those_if_it_catches_by_itself)
{
    throws_on_a_tenth<careful_greet>();
}

BOOST_AUTO_TEST_CASE(rt_04_has_the_others_delivered)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("picky",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       if (packet->text("text") == "2")
                                           throw std::runtime_error("no twos");
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "picky.in")
                     .edge("picky.out", "sink.in"));
    for (const char* each : {"1", "2", "3", "4"})
        bench.push(each);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"1", "3", "4"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.dead_letters().at(0).reason == "no twos");
}

BOOST_AUTO_TEST_CASE(sends_the_packet_to_its_error_port_if_that_is_wired)
{
    collected got;
    collected failed;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("picky",
                               [](input& in, output&, function_component&)
                               {
                                   while (auto packet = in.receive())
                                       throw std::runtime_error("no");
                               })
                     .function("tell",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       packet->set("text",
                                                   packet->meta("error_node").as_string() == "picky"
                                                       ? packet->meta("error_reason")
                                                       : json::value("another node"));
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .sink(failed, "failures")
                     .edge("door.out", "picky.in")
                     .edge("picky.out", "sink.in")
                     .edge("picky.error", "tell.in")
                     .edge("tell.out", "failures.in"));
    bench.push("x");
    BOOST_TEST(bench.settle());
    BOOST_TEST(failed.texts().at(0) == "no");
    BOOST_TEST(bench.graph.totals().failed == 1U);
    BOOST_TEST(bench.graph.totals().delivered == 0U);
    BOOST_TEST(bench.dead_letters().size() == 0U);
}

// It gathers three and throws on the third: that one is to blame, the two go back in order.
BOOST_AUTO_TEST_CASE(gets_the_packets_it_held_again_in_order)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function(
                         "gather",
                         [](input& in, output& out, function_component&)
                         {
                             std::vector<packet> held;
                             while (auto packet = in.receive())
                             {
                                 held.push_back(std::move(*packet));
                                 if (held.back().text("text") == "boom")
                                     throw std::runtime_error("boom");
                             }
                             for (packet& each : held)
                                 out.send(std::move(each));
                         },
                         category::op)
                     .sink(got)
                     .edge("lines.out", "gather.in")
                     .edge("gather.out", "sink.in"));
    bench.push("a\nb\nboom\nc\n");
    bench.graph.stop(10s);
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.graph.totals().dead == 1U);
}

BOOST_AUTO_TEST_CASE(is_given_up_after_five_throws_without_a_packet_while_intake_goes_on)
{
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("broken", [](input&, output&, function_component&)
                               { throw std::runtime_error("cannot work"); })
                     .edge("door.out", "broken.in"));
    BOOST_TEST((bench.push("waits") == admission::accepted));
    BOOST_TEST(bench.log.wait_for(5));
    while (bench.graph.failed_nodes().empty())
        std::this_thread::yield();
    BOOST_TEST((bench.graph.state() == graph_state::failed));
    BOOST_TEST(bench.graph.failed_nodes().at(0).node == "broken");
    BOOST_TEST(bench.graph.failed_nodes().at(0).reason == "cannot work");
    BOOST_TEST((bench.push("still taken in") == admission::accepted));
    BOOST_TEST(bench.graph.pending().entries() == 2U);
}

BOOST_AUTO_TEST_CASE(refuses_the_deployment_if_it_throws_when_started)
{
    class unstartable final : public component
    {
        input in{*this, "in"};
        void start() override { throw std::runtime_error("no model"); }
        void run() override {}
    };
    bench bench;
    const auto plan =
        plan_builder()
            .door()
            .node("model", category::publisher, [] { return std::make_unique<unstartable>(); })
            .edge("door.out", "model.in");
    const auto error = bench.graph.deploy(plan.build(), 2, 1s);
    BOOST_REQUIRE(error.has_value());
    BOOST_TEST(*error == "model: no model");
    BOOST_TEST((bench.push("x") == admission::closed));
}

BOOST_AUTO_TEST_CASE(may_throw_what_is_no_exception_class)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function("odd",
                               [](input& in, output& out, function_component&)
                               {
                                   while (auto packet = in.receive())
                                   {
                                       if (packet->text("text") == "odd")
                                           throw 7;
                                       out.send(std::move(*packet));
                                   }
                               })
                     .sink(got)
                     .edge("door.out", "odd.in")
                     .edge("odd.out", "sink.in"));
    bench.push("odd");
    bench.push("even");
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 1U);
    BOOST_TEST(bench.dead_letters().size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
