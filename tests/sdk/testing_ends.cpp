// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// In a test run packets end, and misuse is refused, as in a graph.
#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace std::string_literals;

namespace
{

/// Ends packets in the ways that need no verb, or not enough of one.
struct silent final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    std::vector<penstock::packet> held;

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string how = packet->text("how");
            if (how == "derive")
                out.send(packet->derive());
            else if (how == "derive and drop")
            {
                out.send(packet->derive());
                drop(std::move(*packet));
            }
            else if (how == "unsent child")
                (void)packet->derive();
            else if (how == "catch")
                let_go_while_unwinding(std::move(*packet));
            else if (how == "blocking")
                penstock::blocking([&] { const auto gone = std::move(*packet); });
            else if (how == "fail")
                fail(std::move(*packet), "");
            else if (how == "hold")
                held.push_back(std::move(*packet));
        }
    }

    static void let_go_while_unwinding(penstock::packet packet)
    {
        try
        {
            const auto gone = std::move(packet);
            throw std::runtime_error("handled");
        }
        catch (const std::runtime_error&)
        {
            return;
        }
    }
};

penstock::testing::result ends_of(const char* how)
{
    return penstock::testing::run<silent>(
        {}, penstock::testing::packets(penstock::packet({{"how", how}})));
}

/// Uses its ports, and what it has moved away, as a graph refuses it.
struct misuser final : penstock::component
{
    penstock::input in{*this, "in"};
    penstock::output out{*this, "out"};
    penstock::parameter<std::string> how{*this, "how", "", ""};

    void start() override
    {
        if (*how == "receive in start")
            (void)in.receive();
        if (*how == "send in start")
            out.send(penstock::packet());
    }

    void run() override
    {
        while (auto packet = in.receive())
        {
            if (*how == "receive in blocking")
                penstock::blocking([&] { (void)in.receive(); });
            if (*how == "send in blocking")
                penstock::blocking([&] { out.send(std::move(*packet)); });
            const penstock::packet mine = std::move(*packet);
            out.send(std::move(*packet));
        }
    }
};

std::string refusal_of(const char* how)
{
    try
    {
        (void)penstock::testing::run<misuser>(
            {{"how", how}}, penstock::testing::packets(penstock::packet(), penstock::packet()));
        return {};
    }
    catch (const std::logic_error& error)
    {
        return error.what();
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_that_is_let_go_without_a_verb_fails)
{
    for (const char* how : {"nothing", "catch", "hold"})
    {
        const auto result = ends_of(how);
        BOOST_TEST_REQUIRE(result.failed.size() == 1u, how);
        BOOST_TEST(result.failed[0].second == "let go by it without saying what became of it");
    }
}

BOOST_AUTO_TEST_CASE(a_failure_without_a_reason_says_so)
{
    const auto result = ends_of("fail");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "no reason given by it");
}

BOOST_AUTO_TEST_CASE(a_parent_lives_on_in_its_children)
{
    const auto result = ends_of("derive");
    BOOST_TEST(result.sent.at("out").size() == 1u);
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(result.dropped.empty());
}

BOOST_AUTO_TEST_CASE(a_verb_said_of_a_parent_counts)
{
    const auto result = ends_of("derive and drop");
    BOOST_TEST(result.sent.at("out").size() == 1u);
    BOOST_TEST(result.dropped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_child_that_is_never_sent_fails)
{
    const auto result = ends_of("unsent child");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(!result.failed[0].first.has("how")); // not its parent
}

BOOST_AUTO_TEST_CASE(a_packet_destroyed_inside_blocking_fails)
{
    const auto result = ends_of("blocking");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second ==
               "destroyed by it inside blocking; a packet ends on its own lane, by a verb");
}

BOOST_AUTO_TEST_CASE(a_packet_that_a_destructor_sends_or_fails_counts_as_destroyed)
{
    class late final : public penstock::component
    {
    public:
        ~late() override
        {
            if (first_)
                out.send(std::move(*first_));
            if (second_)
                fail(std::move(*second_), "in a destructor");
        }

    private:
        penstock::input in{*this, "in"};
        penstock::output out{*this, "out"};
        std::optional<penstock::packet> first_;
        std::optional<penstock::packet> second_;

        void run() override
        {
            first_ = in.receive();
            second_ = in.receive();
            while (in.receive())
                continue;
        }
    };
    const auto result = penstock::testing::run<late>(
        {}, penstock::testing::packets(penstock::packet(), penstock::packet()));
    BOOST_TEST(result.sent.at("out").empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 2u);
    for (const auto& [content, reason] : result.failed)
        BOOST_TEST(reason == "let go by it without saying what became of it");
    BOOST_TEST(result.log.size() == 1u); // of the output
}

BOOST_AUTO_TEST_CASE(ports_are_refused_where_a_graph_refuses_them)
{
    BOOST_TEST(refusal_of("receive in start") ==
               "input \"in\": receives outside of run(); a running component was expected");
    BOOST_TEST(refusal_of("send in start") ==
               "output \"out\": sends outside of run(); a running component was expected");
    BOOST_TEST(refusal_of("receive in blocking") ==
               "input \"in\": receives inside blocking; a call from run() was expected");
    BOOST_TEST(refusal_of("send in blocking") ==
               "output \"out\": sends inside blocking; a call from run() was expected");
    BOOST_TEST(refusal_of("send what was moved from") ==
               "output \"out\": sends a packet that was moved from; one in hand was expected");
}
