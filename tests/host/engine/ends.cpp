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

BOOST_AUTO_TEST_CASE(of_any_bytes_are_text)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                if (packet->text("text") == "throw")
                    throw std::runtime_error("bad \xff\xfe");
                self.fail(std::move(*packet), "bad \xff");
            }
        });
    run.push("fail");
    run.push("throw");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "bad \xef\xbf\xbd", "bad \xef\xbf\xbd\xef\xbf\xbd");
}

BOOST_AUTO_TEST_CASE(are_cut_if_they_are_long_and_told_to_be_missing_if_they_are_empty)
{
    trial run(
        [](input& in, output&, function_component& self)
        {
            while (auto packet = in.receive())
            {
                const std::string how = packet->text("text");
                if (how == "throw")
                    throw std::runtime_error("");
                self.fail(std::move(*packet), std::string(how == "long" ? 3'000'000 : 0, 'x'));
            }
        });
    run.push("nothing");
    run.push("throw");
    run.push("long");
    CHECK_TEXTS(run.fates(), "0 0 0 1", "0 0 0 1", "0 0 0 1");
    CHECK_TEXTS(run.reasons(), "no reason given by it", "no reason given by it",
                std::string(8192, 'x') + " … (cut; it had 3000000 bytes)");
}

BOOST_AUTO_TEST_CASE(of_a_component_that_tells_its_secret_hide_it)
{
    bench bench;
    bench.deploy(plan_builder()
                     .door()
                     .function(
                         "teller",
                         [](input& in, output&, function_component& self)
                         {
                             while (auto packet = in.receive())
                             {
                                 penstock::log(severity::warning, "logs in with hunter2");
                                 if (packet->text("text") == "throw")
                                     throw std::runtime_error("hunter2 is refused");
                                 self.fail(std::move(*packet), "hunter2, hunter2 fails");
                             }
                         },
                         category::publisher)
                     .secrets({"hunter2", "x"})
                     .edge("door.out", "teller.in"));
    BOOST_REQUIRE((bench.push("fail") == admission::accepted));
    BOOST_REQUIRE((bench.push("throw") == admission::accepted));
    BOOST_REQUIRE(bench.settle());
    std::vector<std::string> reasons;
    for (const dead_letter& each : bench.dead_letters())
        reasons.push_back(each.reason);
    std::ranges::sort(reasons);
    BOOST_TEST(reasons == (std::vector<std::string>{"*** is refused", "***, *** fails"}),
               boost::test_tools::per_element());
    BOOST_TEST(bench.log.texts().front() == "teller: logs in with ***");
    for (const std::string& each : bench.log.texts())
        BOOST_TEST(each.find("hunter2") == std::string::npos, each);
}

BOOST_AUTO_TEST_SUITE_END()
