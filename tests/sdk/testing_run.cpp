// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

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

BOOST_AUTO_TEST_CASE(what_leaves_the_component_leaves_the_run)
{
    BOOST_CHECK_THROW((void)penstock::testing::run<thrower>(), std::out_of_range);
    BOOST_TEST(penstock::detail::current() == nullptr);
}
