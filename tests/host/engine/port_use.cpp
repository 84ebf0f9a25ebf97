// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Where a port refuses to be used.
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_port)

BOOST_AUTO_TEST_CASE(refuses_to_be_used_inside_blocking)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            while (auto packet = in.receive())
            {
                if (packet->text("text") == "receive")
                    blocking([&] { (void)in.receive(); });
                else
                    blocking([&] { out.send(std::move(*packet)); });
            }
        });
    run.push("receive");
    run.push("send");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(),
                "input \"in\": receives inside blocking; a call from run() was expected",
                "output \"out\": sends inside blocking; a call from run() was expected");
}

BOOST_AUTO_TEST_CASE(refuses_to_be_used_inside_blocking_with_packets_at_hand)
{
    bench bench;
    bench.deploy(plan_builder()
                     .lines()
                     .function("it",
                               [](input& in, output&, function_component&)
                               {
                                   while (auto packet = in.receive())
                                       blocking([&] { (void)in.receive(); });
                               })
                     .edge("lines.out", "it.in"));
    bench.push("a\nb\nc");
    BOOST_TEST_REQUIRE(bench.settle());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 3U);
    for (const dead_letter& each : bench.dead_letters())
        BOOST_TEST(each.reason ==
                   "input \"in\": receives inside blocking; a call from run() was expected");
}

BOOST_AUTO_TEST_CASE(refuses_to_be_used_before_run)
{
    class early final : public component
    {
    public:
        explicit early(bool sends) : sends_(sends) {}

    private:
        input in{*this, "in"};
        output out{*this, "out"};
        const bool sends_;

        void start() override { sends_ ? out.send(packet()) : (void)in.receive(); }
        void run() override {}
    };
    const auto refusal = [](bool sends)
    {
        bench bench;
        const auto refused =
            bench.graph.deploy(plan_builder()
                                   .door()
                                   .node("early", category::publisher,
                                         [sends] { return std::make_unique<early>(sends); })
                                   .edge("door.out", "early.in")
                                   .build(),
                               1, 30s);
        return refused.value_or("");
    };
    BOOST_TEST(refusal(false) ==
               "early: input \"in\": receives outside of run(); a running component was expected");
    BOOST_TEST(refusal(true) ==
               "early: output \"out\": sends outside of run(); a running component was expected");
}

// There it is the sender's mistake; behind the edge it ended the worker.
BOOST_AUTO_TEST_CASE(refuses_a_packet_that_was_moved_from)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            while (auto packet = in.receive())
            {
                const penstock::packet mine = std::move(*packet);
                out.send(std::move(*packet));
            }
        });
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    CHECK_TEXTS(run.reasons(),
                "output \"out\": sends a packet that was moved from; one in hand was expected");
}

BOOST_AUTO_TEST_SUITE_END()
