// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/component.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using namespace std::string_literals;

namespace
{

struct failing final : penstock::component
{
    penstock::input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
            fail(std::move(*packet), "unreadable");
    }
};

struct current_runtime
{
    explicit current_runtime(penstock::detail::runtime& runtime)
    {
        penstock::detail::set_current(&runtime);
    }

    ~current_runtime() { penstock::detail::set_current(nullptr); }
};

} // namespace

BOOST_AUTO_TEST_CASE(fail_hands_packet_and_reason_to_the_runtime)
{
    scripted_runtime runtime;
    failing component;
    penstock::detail::component_access::connect(component, runtime);
    runtime.then(numbered(1, 1), penstock::detail::arrival::closed);
    component.run();
    BOOST_TEST_REQUIRE(runtime.failed.size() == 1u);
    BOOST_TEST(runtime.failed[0].first.get("n") == penstock::json::value(1));
    BOOST_TEST(runtime.failed[0].second == "unreadable");
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
    penstock::detail::component_access::connect(component, runtime);
    component.run();
    BOOST_TEST(numbers(runtime.collect()) == "1");
}
