// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../brokers/heartbeat.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <stdexcept>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(brokers_heartbeat)

using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_sign_is_given_again_and_again_until_the_end)
{
    int count = 0;
    std::promise<void> third;
    {
        const brokers::heartbeat beating(1ms,
                                         [&]
                                         {
                                             if (++count == 3)
                                                 third.set_value();
                                         });
        BOOST_TEST((third.get_future().wait_for(30s) == std::future_status::ready));
        BOOST_TEST(beating.trouble() == "");
    }
    const int last = count;
    BOOST_TEST(last >= 3);
}

BOOST_AUTO_TEST_CASE(a_sign_that_fails_says_why_and_the_next_one_is_given_all_the_same)
{
    std::atomic<bool> fails = true;
    const brokers::heartbeat beating(1ms,
                                     [&]
                                     {
                                         if (fails)
                                             throw std::runtime_error("lost");
                                     });
    const auto comes_to = [&](const std::string& trouble)
    {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (beating.trouble() != trouble && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return beating.trouble() == trouble;
    };
    BOOST_TEST(comes_to("lost"));
    fails = false;
    BOOST_TEST(comes_to(""));
}

BOOST_AUTO_TEST_SUITE_END()
