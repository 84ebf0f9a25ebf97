// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_times.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <vector>

BOOST_AUTO_TEST_SUITE(times_to_wake)

using penstock::host::wake_times;
using namespace std::chrono_literals;

namespace
{

const wake_times::clock::time_point start{1h};

std::vector<std::size_t> woken(wake_times& times, wake_times::clock::time_point now)
{
    std::vector<std::size_t> ranks;
    times.wake_due(now, [&](std::size_t rank) { ranks.push_back(rank); });
    return ranks;
}

} // namespace

BOOST_AUTO_TEST_CASE(wake_each_rank_once_when_its_time_has_come)
{
    wake_times times(3);
    BOOST_TEST((times.next() == wake_times::never));
    times.set(1, start + 2s);
    times.set(2, start + 1s);
    BOOST_TEST((times.next() == start + 1s));
    BOOST_TEST(woken(times, start).empty());
    BOOST_TEST(woken(times, start + 1s) == std::vector<std::size_t>{2},
               boost::test_tools::per_element());
    BOOST_TEST((times.next() == start + 2s));
    BOOST_TEST(woken(times, start + 3s) == std::vector<std::size_t>{1},
               boost::test_tools::per_element());
    BOOST_TEST((times.next() == wake_times::never));
}

BOOST_AUTO_TEST_CASE(are_one_a_rank_however_often_they_are_set)
{
    wake_times times(1);
    for (int i = 0; i < 1'000; ++i)
        times.set(0, start + 1h + std::chrono::seconds(i));
    BOOST_TEST(woken(times, start + 2h).size() == 1U);
    BOOST_TEST(woken(times, start + 2h).empty());
}

BOOST_AUTO_TEST_CASE(that_were_taken_back_wake_nobody)
{
    wake_times times(2);
    times.set(0, start);
    times.set(1, start + 1s);
    times.set(0, wake_times::never);
    BOOST_TEST(woken(times, start).empty());
    BOOST_TEST((times.next() == start + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
