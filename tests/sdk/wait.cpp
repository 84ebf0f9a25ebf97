// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/sdk.hpp>
#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(waits)

using namespace std::chrono_literals;

namespace
{

// Makes a packet, then waits, three times.
struct ticker final : penstock::component
{
    penstock::output out{*this, "out"};

    void run() override
    {
        const auto begin = penstock::now();
        for (int n = 1; n <= 3; ++n)
        {
            const std::chrono::duration<double> since = penstock::now() - begin;
            out.send(penstock::packet({{"n", n}, {"seconds", since.count()}}));
            penstock::wait_for(24h);
        }
    }
};

bool tells(const std::logic_error& error, const std::string& text)
{
    return std::string(error.what()).find(text) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_wait_goes_through_the_runtime_of_the_component)
{
    scripted_runtime runtime;
    penstock::detail::set_current(&runtime);
    const auto before = std::chrono::steady_clock::now();
    penstock::wait_for(1h);
    penstock::wait_for(std::chrono::nanoseconds::max());
    penstock::detail::set_current(nullptr);
    BOOST_TEST_REQUIRE(runtime.waited.size() == 2u);
    BOOST_TEST((runtime.waited[0] >= before + 1h));
    BOOST_TEST((runtime.waited[1] == std::chrono::steady_clock::time_point::max()));
}

BOOST_AUTO_TEST_CASE(a_wait_outside_of_a_components_own_fiber_is_refused)
{
    BOOST_CHECK_EXCEPTION(penstock::wait_for(1ms), std::logic_error,
                          [](const auto& error)
                          { return tells(error, "outside of a component's own fiber"); });
    scripted_runtime runtime;
    const auto wait = [] { penstock::wait_for(1ms); };
    BOOST_CHECK_EXCEPTION(penstock::detail::call_outside(
                              runtime, {[](void* work) { (*static_cast<decltype(wait)*>(work))(); },
                                        const_cast<void*>(static_cast<const void*>(&wait))}),
                          std::logic_error,
                          [](const auto& error) { return tells(error, "inside blocking"); });
}

BOOST_AUTO_TEST_CASE(in_a_test_run_it_is_over_at_once_and_the_clock_has_moved_on)
{
    auto result = penstock::testing::run<ticker>();
    BOOST_TEST(numbers(result.out()) == "1 2 3");
    BOOST_TEST(result.out()[2].get("seconds") == 172'800.0);
    BOOST_TEST((result.elapsed == 72h));
}

BOOST_AUTO_TEST_CASE(a_line_of_the_log_inside_blocking_is_the_components)
{
    scripted_runtime runtime;
    const auto say = [] { penstock::log(penstock::severity::warning, "found it"); };
    penstock::detail::call_outside(runtime,
                                   {[](void* work) { (*static_cast<decltype(say)*>(work))(); },
                                    const_cast<void*>(static_cast<const void*>(&say))});
    BOOST_TEST_REQUIRE(runtime.logged.size() == 1u);
    BOOST_TEST(runtime.logged[0].second == "found it");
}

BOOST_AUTO_TEST_SUITE_END()
