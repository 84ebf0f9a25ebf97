// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/restart_pauses.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

BOOST_AUTO_TEST_SUITE(pauses_before_a_restart)

using penstock::host::restart_pauses;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(double_and_end_at_the_fifth_failure_of_a_minute)
{
    restart_pauses pauses;
    const restart_pauses::clock::time_point start{};
    BOOST_TEST((*pauses.failed(start) == start + 100ms));
    BOOST_TEST((*pauses.failed(start + 1s) == start + 1s + 200ms));
    BOOST_TEST((*pauses.failed(start + 2s) == start + 2s + 400ms));
    BOOST_TEST((*pauses.failed(start + 3s) == start + 3s + 800ms));
    BOOST_TEST(!pauses.failed(start + 4s).has_value());
}

BOOST_AUTO_TEST_CASE(forget_failures_after_a_minute)
{
    restart_pauses pauses;
    restart_pauses::clock::time_point now{};
    for (int i = 0; i < 20; ++i)
    {
        BOOST_TEST((*pauses.failed(now) == now + 100ms));
        now += 61s;
    }
}

BOOST_AUTO_TEST_SUITE_END()
