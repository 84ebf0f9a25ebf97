// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <optional>
#include <stdexcept>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(an_exception)

BOOST_AUTO_TEST_CASE(after_a_verb_changes_nothing_that_has_ended_and_is_logged)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                self.deliver(std::move(*packet));
                throw std::runtime_error("too late");
            }
        });
    for (int i = 0; i < 20; ++i)
        run.push("x");
    for (const std::string& each : run.fates())
        BOOST_TEST(each == "1 0 0 0");
    BOOST_TEST(run.reasons().empty());
    BOOST_TEST_REQUIRE(run.bench().log.wait_for(20)); // each is told of after it has ended
    BOOST_TEST(run.bench().log.texts().front() ==
               "it: threw when all it had received had ended, and starts anew: too late");
    BOOST_TEST(run.bench().graph.failed_nodes().empty());
    BOOST_TEST(run.bench().graph.stats().at("nodes").at("it").at("exceptions") == 20);
}

BOOST_AUTO_TEST_CASE(of_process_is_the_reason_of_a_packet_that_was_moved_on_and_destroyed)
{
    class hasty final : public transformer
    {
        void process(packet& packet) override
        {
            const penstock::packet mine = std::move(packet);
            throw std::runtime_error("too late");
        }
    };
    trial run([] { return std::make_unique<hasty>(); });
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "too late");
}

BOOST_AUTO_TEST_CASE(discards_the_unsent_children_of_the_packet_to_blame_but_not_those_sent)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            while (auto packet = in.receive())
            {
                send_derived(*packet, out);
                const auto unsent = packet->derive();
                throw std::runtime_error("no");
            }
        });
    run.push("a");
    CHECK_TEXTS(run.fates(), "1 0 0 1");
    CHECK_TEXTS(run.got().texts(), "a'");
    CHECK_TEXTS(run.reasons(), "no");
}

// Its parent has ended by then, and its own request led to no exception.
BOOST_AUTO_TEST_CASE(on_another_packet_never_loses_a_child_that_was_held)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            std::vector<packet> held;
            while (auto packet = in.receive())
            {
                if (packet->text("text") == "bad")
                    throw std::runtime_error("bad");
                held.push_back(packet->derive());
                packet.reset();
            }
            for (packet& each : held)
                out.send(std::move(each));
        });
    run.push("held");
    run.push("bad");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "bad", "bad");
}

// The parent is received again, and makes the child again.
BOOST_AUTO_TEST_CASE(discards_a_child_whose_parent_was_held_too)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            std::vector<packet> parents;
            std::vector<packet> children;
            while (auto packet = in.receive())
            {
                if (packet->text("text") == "bad")
                    throw std::runtime_error("bad");
                children.push_back(packet->derive());
                children.back().set("text", packet->text("text"));
                parents.push_back(std::move(*packet));
            }
            for (packet& each : children)
                out.send(std::move(each));
        });
    run.push("held");
    run.push("bad");
    BOOST_TEST(run.bench().graph.stop(20s) == 0U);
    CHECK_TEXTS(run.fates(), "1 0 0 0", "0 0 0 1");
    CHECK_TEXTS(run.got().texts(), "held");
}

// What it stands for besides its parent would be lost with it.
BOOST_AUTO_TEST_CASE(never_discards_a_child_that_others_were_joined_to)
{
    trial run(
        [](input& in, output&, function_component&)
        {
            std::optional<packet> all;
            while (auto packet = in.receive())
            {
                if (!all)
                {
                    all = packet->derive();
                    packet.reset();
                    continue;
                }
                all->join(packet->derive());
                throw std::runtime_error("no");
            }
        });
    run.push("a");
    run.push("b");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 2");
}

BOOST_AUTO_TEST_SUITE_END()
