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
    BOOST_TEST(retries.wait_until(steady::now() + 10s));
    BOOST_TEST(tries.size() == 5U);
    BOOST_TEST((tries[0] - begin >= 4ms));
    BOOST_TEST((tries[1] - tries[0] >= 8ms));
    BOOST_TEST((tries[2] - tries[1] >= 16ms));
    BOOST_TEST((tries[4] - tries[3] >= 16ms));
}

BOOST_AUTO_TEST_CASE(what_is_dropped_is_tried_no_more)
{
    penstock::host::start_retries* all = nullptr;
    std::promise<void> ready;
    std::atomic<int> dropped{0};
    int others = 0;
    std::promise<void> over;
    penstock::host::start_retries retries(
        [&, began = ready.get_future().share()](const std::string& name)
        {
            began.wait();
            if (name == "dropped")
            {
                ++dropped;
                all->drop(name);
                return false;
            }
            if (++others == 5)
                over.set_value();
            return others >= 5;
        },
        1ms, 1ms);
    all = &retries;
    retries.add("dropped");
    ready.set_value();
    retries.add("other");
    BOOST_TEST_REQUIRE((over.get_future().wait_for(10s) == std::future_status::ready));
    BOOST_TEST(dropped.load() == 1);
}

BOOST_AUTO_TEST_CASE(nothing_is_tried_after_a_stop_which_waits_for_nobody)
{
    std::promise<void> begun;
    std::promise<void> goes_on;
    std::vector<std::string> tried;
    penstock::host::start_retries retries(
        [&](const std::string& name)
        {
            tried.push_back(name);
            begun.set_value();
            goes_on.get_future().wait();
            return false;
        },
        1ms, 1ms);
    retries.add("one");
    begun.get_future().wait();
    retries.stop();
    retries.add("two");
    BOOST_TEST(!retries.wait_until(steady::now()));
    goes_on.set_value();
    BOOST_TEST(retries.wait_until(steady::now() + 10s));
    BOOST_TEST(tried == std::vector<std::string>{"one"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
