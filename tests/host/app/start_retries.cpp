// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/start_retries.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(start_retries)

using namespace std::chrono_literals;
using steady = std::chrono::steady_clock;

BOOST_AUTO_TEST_CASE(what_fails_is_tried_again_after_pauses_that_double_until_it_succeeds)
{
    std::vector<steady::time_point> tries;
    std::promise<void> over;
    penstock::host::start_retries retries(
        [&](const std::string& name)
        {
            BOOST_TEST(name == "one");
            tries.push_back(steady::now());
            if (tries.size() < 5)
                return false;
            over.set_value();
            return true;
        },
        4ms, 16ms);
    const auto begin = steady::now();
    retries.add("one");
    BOOST_TEST_REQUIRE((over.get_future().wait_for(10s) == std::future_status::ready));
    retries.stop();
    BOOST_TEST(tries.size() == 5U);
    BOOST_TEST((tries[0] - begin >= 4ms));
    BOOST_TEST((tries[1] - tries[0] >= 8ms));
    BOOST_TEST((tries[2] - tries[1] >= 16ms));
    BOOST_TEST((tries[4] - tries[3] >= 16ms));
}

BOOST_AUTO_TEST_CASE(what_is_dropped_is_tried_no_more)
{
    std::atomic<int> dropped{0};
    std::promise<void> other;
    penstock::host::start_retries retries(
        [&](const std::string& name)
        {
            if (name == "dropped")
                ++dropped;
            else
                other.set_value();
            return true;
        },
        2ms, 2ms);
    retries.add("dropped");
    retries.drop("dropped");
    retries.add("other");
    BOOST_TEST_REQUIRE((other.get_future().wait_for(10s) == std::future_status::ready));
    retries.stop();
    BOOST_TEST(dropped.load() <= 1); // it may have been at hand
}

BOOST_AUTO_TEST_CASE(nothing_is_tried_after_a_stop)
{
    penstock::host::start_retries retries([](const std::string&) { return false; }, 1ms, 1ms);
    retries.add("one");
    retries.stop();
    retries.add("two");
    retries.stop();
}

BOOST_AUTO_TEST_SUITE_END()
