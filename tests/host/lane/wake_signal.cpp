// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_signal.hpp"

#include <boost/test/unit_test.hpp>

#include <thread>

BOOST_AUTO_TEST_SUITE(wake_signals)

using penstock::host::wake_signal;
using clock_type = wake_signal::clock;

namespace
{

constexpr auto never = clock_type::time_point::max();

} // namespace

BOOST_AUTO_TEST_CASE(a_sleep_that_others_ended_before_it_began_is_none)
{
    wake_signal signal;
    signal.notify();
    signal.notify();
    signal.wait_until(never);
    const auto due = clock_type::now() + std::chrono::milliseconds(5);
    signal.wait_until(due); // two calls before one sleep end one
    BOOST_TEST((clock_type::now() >= due));
}

BOOST_AUTO_TEST_CASE(a_sleep_ends_in_time_and_the_next_one_by_a_call)
{
    wake_signal signal;
    const auto due = clock_type::now() + std::chrono::milliseconds(5);
    signal.wait_until(due);
    BOOST_TEST((clock_type::now() >= due));
    signal.wait_until(clock_type::now() - std::chrono::hours(1));
    signal.notify();
    signal.wait_until(never);
}

BOOST_AUTO_TEST_CASE(who_is_woken_reads_what_was_written_before)
{
    wake_signal there;
    wake_signal back;
    int written = 0;
    constexpr int rounds = 10'000;
    std::thread other(
        [&]
        {
            for (int n = 0; n < rounds; ++n)
            {
                there.wait_until(never);
                ++written;
                back.notify();
            }
        });
    for (int n = 0; n < rounds; ++n)
    {
        written += 2;
        there.notify();
        back.wait_until(never);
        BOOST_REQUIRE_EQUAL(written, 3 * (n + 1));
    }
    other.join();
}

BOOST_AUTO_TEST_SUITE_END()
