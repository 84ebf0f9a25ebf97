// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "scripted_runtime.hpp"

#include <penstock/blocking.hpp>

#include <boost/test/unit_test.hpp>

#include <memory>
#include <stdexcept>

BOOST_AUTO_TEST_CASE(blocking_returns_what_the_work_returns)
{
    BOOST_TEST(penstock::blocking([] { return 42; }) == 42);
    const auto moved = penstock::blocking([] { return std::make_unique<int>(7); });
    BOOST_TEST(*moved == 7);
}

BOOST_AUTO_TEST_CASE(blocking_runs_work_without_a_result)
{
    int runs = 0;
    penstock::blocking([&] { ++runs; });
    const auto named = [&] { ++runs; };
    penstock::blocking(named);
    BOOST_TEST(runs == 2);
}

BOOST_AUTO_TEST_CASE(blocking_throws_what_the_work_throws)
{
    BOOST_CHECK_THROW(penstock::blocking([] { throw std::out_of_range("far"); }),
                      std::out_of_range);
    BOOST_CHECK_THROW((void)penstock::blocking([]() -> int { throw penstock::stopped(); }),
                      penstock::stopped);
}

BOOST_AUTO_TEST_CASE(blocking_goes_through_the_runtime_of_the_component)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    BOOST_TEST(penstock::blocking([] { return 1; }) == 1);
    BOOST_TEST(runtime.blocked == 1);
}

BOOST_AUTO_TEST_CASE(exclusive_asks_the_runtime_for_the_resource)
{
    scripted_runtime runtime;
    const current_runtime current(runtime);
    penstock::exclusive("port 80");
    BOOST_TEST_REQUIRE(runtime.acquired.size() == 1u);
    BOOST_TEST(runtime.acquired[0] == "port 80");
}

BOOST_AUTO_TEST_CASE(exclusive_outside_of_a_component_is_a_mistake)
{
    BOOST_CHECK_THROW(penstock::exclusive("port 80"), std::logic_error);
}
