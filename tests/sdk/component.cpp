// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/blocking.hpp>
#include <penstock/component.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace std::string_literals;

namespace
{

struct failing final : penstock::component
{
    using component::fail;

    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
            fail(std::move(*packet), "unreadable");
    }
};

/// A component that says the verb that a packet names.
struct obedient final : penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string verb = packet->text("verb");
            if (verb == "deliver")
                deliver(std::move(*packet));
            else if (verb == "drop")
                drop(std::move(*packet));
            else if (verb == "retry")
                retry(std::move(*packet), "not now");
            else if (verb == "twice")
            {
                deliver(std::move(*packet));
                deliver(std::move(*packet));
            }
            else if (verb == "blocking")
                penstock::blocking([&] { drop(std::move(*packet)); });
        }
    }
};

std::vector<penstock::packet> order(const char* verb)
{
    return penstock::testing::packets(penstock::packet({{"verb", verb}}));
}

} // namespace

BOOST_AUTO_TEST_CASE(fail_hands_packet_and_reason_to_the_runtime)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    failing component;
    connect_for_run(component, runtime);
    runtime.then(numbered(1, 1), penstock::detail::arrival::closed);
    component.run();
    BOOST_TEST_REQUIRE(runtime.failed.size() == 1u);
    BOOST_TEST(runtime.failed[0].first.get("n") == penstock::json::value(1));
    BOOST_TEST(runtime.failed[0].second == "unreadable");
}

BOOST_AUTO_TEST_CASE(each_verb_ends_the_packet_in_hand)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    obedient component;
    connect_for_run(component, runtime);
    runtime.then(order("deliver"), order("drop"), order("retry"),
                 penstock::detail::arrival::closed);
    component.run();
    BOOST_TEST(runtime.delivered.size() == 1u);
    BOOST_TEST(runtime.dropped.size() == 1u);
    BOOST_TEST_REQUIRE(runtime.retried.size() == 1u);
    BOOST_TEST(runtime.retried[0].second == "not now");
}

BOOST_AUTO_TEST_CASE(a_packet_ends_once)
{
    BOOST_CHECK_EXCEPTION(
        (void)penstock::testing::run<obedient>({}, order("twice")), std::logic_error,
        [](const auto& error) {
            return error.what() == "deliver: the packet was moved from; one in hand was expected"s;
        });
}

BOOST_AUTO_TEST_CASE(a_packet_that_was_moved_from_is_refused_by_each_call)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    penstock::packet gone;
    const penstock::packet elsewhere = std::move(gone);
    penstock::packet other;
    const auto is_told = [](const char* call)
    {
        return [call](const std::logic_error& error)
        { return error.what() == call + ": the packet was moved from; one in hand was expected"s; };
    };
    BOOST_CHECK_EXCEPTION(penstock::reply(gone), std::logic_error, is_told("reply"));
    BOOST_CHECK_EXCEPTION((void)gone.derive(), std::logic_error, is_told("derive"));
    BOOST_CHECK_EXCEPTION((void)gone.clone(), std::logic_error, is_told("clone"));
    BOOST_CHECK_EXCEPTION(other.join(std::move(gone)), std::logic_error, is_told("join"));
    BOOST_CHECK_EXCEPTION(gone.join(std::move(other)), std::logic_error, is_told("join"));
}

BOOST_AUTO_TEST_CASE(no_packet_ends_inside_blocking)
{
    BOOST_CHECK_EXCEPTION(
        (void)penstock::testing::run<obedient>({}, order("blocking")), std::logic_error,
        [](const auto& error) {
            return error.what() == "drop: called inside blocking; a call from run() was expected"s;
        });
}

BOOST_AUTO_TEST_CASE(no_packet_ends_on_another_thread)
{
    scripted_runtime runtime; // runs on no thread
    failing component;
    penstock::detail::component_access::connect(component, runtime);
    BOOST_CHECK_EXCEPTION(component.fail(penstock::packet(), "no"), std::logic_error,
                          [](const auto& error)
                          {
                              return error.what() ==
                                     "fail: called from outside of a component's own fiber; "
                                     "a call from run() was expected"s;
                          });
}

BOOST_AUTO_TEST_CASE(reply_goes_to_the_runtime_that_runs_on_this_thread)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    penstock::reply(penstock::packet());
    BOOST_TEST(runtime.replies == 1);
}

BOOST_AUTO_TEST_CASE(reply_outside_of_a_component_is_a_mistake)
{
    BOOST_CHECK_EXCEPTION(penstock::reply(penstock::packet()), std::logic_error,
                          [](const auto& error)
                          {
                              return error.what() ==
                                     "reply: called from outside of a component's own fiber; a "
                                     "call from run() was expected"s;
                          });
}

BOOST_AUTO_TEST_CASE(log_goes_to_the_runtime_with_its_severity)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    penstock::log(penstock::severity::warning, "slow");
    BOOST_TEST_REQUIRE(runtime.logged.size() == 1u);
    BOOST_TEST((runtime.logged[0].first == penstock::severity::warning));
    BOOST_TEST(runtime.logged[0].second == "slow");
}

BOOST_AUTO_TEST_CASE(connecting_reaches_the_outputs_of_families)
{
    struct family final : penstock::component
    {
        penstock::output_family to{*this, "to", {"a"}};

        void run() override { to[0].send(penstock::packet({{"n", 1}})); }
    };

    scripted_runtime runtime;
    family component;
    BOOST_TEST(penstock::configure(component, {}).empty());
    const current_runtime current(runtime);
    connect_for_run(component, runtime);
    component.run();
    BOOST_TEST(numbers(runtime.collect()) == "1");
}
