// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/gathering.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(commits_that_wait)

using namespace penstock::host;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_commit_waits_for_as_many_entries_as_were_on_their_way)
{
    gathering waits(1s);
    BOOST_TEST(waits.expected() == 0U); // nothing is known yet
    waits.committed(20, 44, 4ms);
    BOOST_TEST(waits.expected() == 64U);
    waits.committed(60, 0, 4ms);
    BOOST_TEST(waits.expected() == 60U);
}

BOOST_AUTO_TEST_CASE(a_commit_waits_for_less_than_commits_take)
{
    gathering waits(1s);
    waits.committed(64, 0, 4ms);
    BOOST_TEST((waits.longest() == 3ms));
    BOOST_TEST((waits.pause() == 2ms));
    waits.committed(64, 0, 8ms);
    BOOST_TEST((waits.longest() > 3ms));
    BOOST_TEST((waits.longest() < 6ms)); // one that took long may be followed by a short one
}

BOOST_AUTO_TEST_CASE(a_commit_waits_no_longer_than_is_set)
{
    gathering waits(500us);
    waits.committed(64, 0, 1s);
    BOOST_TEST((waits.longest() == 500us));
    BOOST_TEST(waits.expected() == 64U);
}

BOOST_AUTO_TEST_CASE(few_clients_wait_for_nobody)
{
    gathering waits(1s);
    waits.committed(1, 0, 4ms);
    BOOST_TEST(waits.expected() == 0U);
    waits.committed(2, 2, 4ms);
    BOOST_TEST(waits.expected() == 0U);
    waits.committed(2, 3, 4ms);
    BOOST_TEST(waits.expected() == 5U);
    waits.committed(1, 0, 4ms);
    BOOST_TEST(waits.expected() == 0U);
}

BOOST_AUTO_TEST_CASE(nothing_waits_if_the_longest_wait_is_0)
{
    gathering off(0s);
    off.committed(64, 64, 4ms);
    BOOST_TEST(off.expected() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
