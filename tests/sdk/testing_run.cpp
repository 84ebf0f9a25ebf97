// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <optional>
#include <stdexcept>

using namespace std::chrono_literals;
using namespace std::string_literals;

// clang-format off
class greet final : public penstock::component
{
    penstock::input  in {*this, "in"};
    penstock::output out{*this, "out"};
    penstock::parameter<std::string> greeting{*this, "greeting", "hello", "What to say to each packet."};

    void run() override                       // one fiber; a true coroutine, as a Stackless tasklet was
    {
        while (auto packet = in.receive())    // suspends; empty when every upstream has closed
        {
            packet->set("text", *greeting + ", " + packet->text("text"));
            out.send(std::move(*packet));     // suspends while the edge is full
        }
    }
};

// clang-format on

namespace
{

struct count_to final : penstock::component
{
    penstock::output out{*this, "out"};
    penstock::parameter<std::int32_t> last{*this, "last", 3, ""};

    void run() override
    {
        for (std::int32_t n = 1; n <= *last; ++n)
            out.send(penstock::packet({{"n", n}}));
    }
};

/// Writes down the answers of receive_until(): packet, timeout, closed.
struct listener final : penstock::component
{
    penstock::input in{*this, "in"};
    std::string seen;

    void run() override
    {
        for (;;)
        {
            auto next = in.receive_until(std::chrono::steady_clock::now() + 1h);
            seen += next ? 'p' : next.timed_out() ? 't' : 'c';
            if (next.closed())
                return;
        }
    }
};

struct requests final : penstock::component
{
    penstock::input in{*this, "in"};
    std::vector<std::size_t> sizes;

    void run() override
    {
        while (auto request = in.receive_request())
            sizes.push_back(request.size());
    }
};

struct two_inputs final : penstock::component
{
    penstock::input left{*this, "left"};
    penstock::input right{*this, "right", penstock::optional};
    penstock::output out{*this, "out"};
    bool right_wired = false;

    void run() override
    {
        right_wired = right.wired();
        while (auto packet = left.receive())
            out.send(std::move(*packet));
        while (auto packet = right.receive())
            out.send(std::move(*packet));
    }
};

struct talker final : penstock::component
{
    penstock::input in{*this, "in"};
    bool started = false;
    bool alone_in_work = false;

    void start() override { started = true; }

    void run() override
    {
        penstock::exclusive("the floor");
        penstock::log(penstock::severity::warning, "now");
        alone_in_work = penstock::blocking([] { return penstock::detail::current() == nullptr; });
        while (auto packet = in.receive())
        {
            penstock::reply(*packet);
            if (packet->has("bad"))
                fail(std::move(*packet), "bad");
            else
                deliver(std::move(*packet));
        }
    }
};

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

struct thrower final : penstock::component
{
    void run() override { throw std::out_of_range("far"); }
};

} // namespace

BOOST_AUTO_TEST_CASE(greet_runs_as_the_guide_shows_it)
{
    auto result = penstock::testing::run<greet>(
        {{"greeting", "hej"}}, penstock::testing::packets(penstock::packet({{"text", "Ada"}}),
                                                          penstock::packet({{"text", "Alan"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    BOOST_TEST(result.out()[0].text("text") == "hej, Ada");
    BOOST_TEST(result.out()[1].text("text") == "hej, Alan");
}

BOOST_AUTO_TEST_CASE(greet_has_a_schema)
{
    const greet fresh;
    const penstock::component_description found = penstock::describe(fresh);
    BOOST_TEST_REQUIRE(found.parameters.size() == 1u);
    BOOST_TEST(
        penstock::write_json(found.parameters[0].schema) ==
        R"({"type":"string","default":"hello","description":"What to say to each packet."})");
}

BOOST_AUTO_TEST_CASE(a_source_runs_until_it_returns)
{
    auto result = penstock::testing::run<count_to>();
    BOOST_TEST(numbers(result.out()) == "1 2 3");
    result = penstock::testing::run<count_to>({{"last", 1000}});
    BOOST_TEST(result.out().size() == 1000u); // more than a span has room for
}

BOOST_AUTO_TEST_CASE(after_the_last_packet_one_deadline_passes_and_the_input_is_closed)
{
    listener component;
    penstock::testing::inputs inputs;
    inputs.emplace("in", numbered(1, 2));
    (void)penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(component.seen == "pptc");
}

BOOST_AUTO_TEST_CASE(the_packets_of_an_input_are_one_request)
{
    requests component;
    penstock::testing::inputs inputs;
    inputs.emplace("in", numbered(1, 3));
    (void)penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(component.sizes == std::vector<std::size_t>{3}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_request_may_have_no_packets)
{
    requests component;
    (void)penstock::testing::run(component, {}, {});
    BOOST_TEST(component.sizes == std::vector<std::size_t>{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_input_is_fed_its_own_packets)
{
    two_inputs component;
    penstock::testing::inputs inputs;
    inputs.emplace("right", numbered(3, 4));
    inputs.emplace("left", numbered(1, 2));
    auto result = penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(numbers(result.out()) == "1 2 3 4");
    BOOST_TEST(component.right_wired);
}

BOOST_AUTO_TEST_CASE(an_optional_input_without_packets_is_not_wired)
{
    two_inputs component;
    (void)penstock::testing::run(component, {}, {});
    BOOST_TEST(!component.right_wired);
    BOOST_TEST(component.left.wired());
}

BOOST_AUTO_TEST_CASE(packets_for_an_unknown_input_are_refused)
{
    two_inputs component;
    penstock::testing::inputs inputs;
    inputs.emplace("lft", numbered(1, 1));
    BOOST_CHECK_EXCEPTION(
        (void)penstock::testing::run(component, {}, std::move(inputs)), std::invalid_argument,
        [](const auto& error)
        { return error.what() == "unknown input \"lft\"; did you mean \"left\"?"s; });
}

BOOST_AUTO_TEST_CASE(bad_parameters_are_refused_one_line_each)
{
    BOOST_CHECK_EXCEPTION((void)penstock::testing::run<count_to>({{"last", "x"}, {"lost", 1}}),
                          penstock::parameter_error,
                          [](const auto& error)
                          {
                              return error.what() ==
                                     "last: is a text; an integer from -2147483648 to 2147483647 "
                                     "was expected\nlost: unknown parameter \"lost\"; did you "
                                     "mean \"last\"?"s;
                          });
}

BOOST_AUTO_TEST_CASE(failures_replies_and_log_lines_are_collected)
{
    talker component;
    penstock::testing::inputs inputs;
    inputs.emplace("in", penstock::testing::packets(penstock::packet({{"n", 1}}),
                                                    penstock::packet({{"n", 2}, {"bad", true}})));
    const auto result = penstock::testing::run(component, {}, std::move(inputs));
    BOOST_TEST(component.started);
    BOOST_TEST(component.alone_in_work); // no runtime inside of blocking
    BOOST_TEST(numbers(result.replies) == "1 2");
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second == "bad");
    BOOST_TEST(numbers(result.delivered) == "1");
    BOOST_TEST(result.sent.empty()); // the port `error` included
    BOOST_TEST_REQUIRE(result.log.size() == 1u);
    BOOST_TEST(result.log[0] == "now");
}

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

BOOST_AUTO_TEST_CASE(what_leaves_the_component_leaves_the_run)
{
    BOOST_CHECK_THROW((void)penstock::testing::run<thrower>(), std::out_of_range);
    BOOST_TEST(penstock::detail::current() == nullptr);
}
