// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/one_node.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(a_packet_ends_by_a_verb)

BOOST_AUTO_TEST_CASE(and_the_category_of_its_component_decides_nothing)
{
    for (const category kind : {category::filter, category::op, category::publisher})
    {
        trial run(
            [](input& in, output& out, function_component& self)
            {
                while (auto packet = in.receive())
                {
                    const std::string text = packet->text("text");
                    if (text == "deliver")
                        self.deliver(std::move(*packet));
                    else if (text == "drop")
                        self.drop(std::move(*packet));
                    else if (text == "fail")
                        self.fail(std::move(*packet), "told to");
                    else if (text == "send")
                        out.send(std::move(*packet));
                }
            },
            kind);
        for (const char* each : {"deliver", "drop", "fail", "send", "nothing"})
            run.push(each);
        CHECK_TEXTS(run.fates(), "1 0 0 0", "0 1 0 0", "0 0 0 1", "1 0 0 0", "0 0 0 1");
        CHECK_TEXTS(run.reasons(), "told to", "let go by it without saying what became of it");
    }
}

BOOST_AUTO_TEST_CASE(so_one_that_is_still_held_at_the_end_fails)
{
    trial run(
        [](input& in, output&, function_component&)
        {
            std::vector<packet> held;
            while (auto packet = in.receive())
                held.push_back(std::move(*packet));
        });
    run.push("a");
    BOOST_TEST(run.bench().graph.stop(20s) == 0U);
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "let go by it without saying what became of it");
}

BOOST_AUTO_TEST_CASE(or_lives_on_in_its_children_unless_a_verb_is_said_of_it_too)
{
    trial run(
        [](input& in, output& out, function_component& self)
        {
            while (auto packet = in.receive())
            {
                send_derived(*packet, out);
                if (packet->text("text") == "drop")
                    self.drop(std::move(*packet));
            }
        });
    run.push("a");
    run.push("drop");
    CHECK_TEXTS(run.fates(), "1 0 0 0", "1 1 0 0");
}

BOOST_AUTO_TEST_CASE(or_is_joined_to_another_that_stands_for_both)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            auto first = in.receive();
            if (!first)
                return;
            auto second = in.receive();
            if (second)
                first->join(std::move(*second));
            self.deliver(std::move(*first));
            while (in.receive())
                continue;
        });
    run.push("a");
    run.push("b");
    CHECK_TEXTS(run.fates(), "1 0 0 0", "1 0 0 0");
}

BOOST_AUTO_TEST_CASE(though_a_child_of_it_was_joined_back)
{
    trial run(
        [](input& in, output&, function_component&)
        {
            while (auto packet = in.receive())
                packet->join(packet->derive());
        });
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "let go by it without saying what became of it");
}

BOOST_AUTO_TEST_CASE(though_it_has_children_if_it_was_joined_to_another_since)
{
    trial run(
        [](input& in, output& out, function_component&)
        {
            auto first = in.receive();
            if (!first)
                return;
            send_derived(*first, out);
            if (auto second = in.receive())
                first->join(std::move(*second));
            first.reset();
            while (in.receive())
                continue;
        });
    run.push("a");
    run.push("b");
    CHECK_TEXTS(run.fates(), "1 0 0 1", "0 0 0 1");
}

BOOST_AUTO_TEST_CASE(that_asks_for_a_retry_until_its_attempts_are_used)
{
    int calls = 0;
    trial run(
        [&](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                ++calls;
                self.retry(std::move(*packet), "not now");
            }
        },
        category::filter, {.attempts = 3, .backoff = 1ms, .max_backoff = 1ms});
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "not now");
    BOOST_TEST(calls == 3);
}

BOOST_AUTO_TEST_CASE(that_fails_at_once_whatever_the_attempts)
{
    int calls = 0;
    trial run(
        [&](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                ++calls;
                self.fail(std::move(*packet), "never");
            }
        },
        category::publisher, {.attempts = 3, .backoff = 1ms, .max_backoff = 1ms});
    run.push("a");
    CHECK_TEXTS(run.fates(), "0 0 0 1");
    BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_packet_destroyed_inside_blocking)

BOOST_AUTO_TEST_CASE(fails_and_is_told_of_once_and_its_request_is_not_run_again)
{
    int runs = 0;
    trial run(
        [&](input& in, output&, function_component&)
        {
            while (auto packet = in.receive())
            {
                ++runs;
                blocking([&] { const auto gone = std::move(*packet); });
            }
        });
    run.push("a");
    run.push("b");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1");
    const std::string reason =
        "destroyed by it inside blocking; a packet ends on its own lane, by a verb";
    CHECK_TEXTS(run.reasons(), reason, reason);
    CHECK_TEXTS(run.bench().log.texts(), "it: a packet was " + reason);
    BOOST_TEST(runs == 2);
}

BOOST_AUTO_TEST_SUITE_END()
