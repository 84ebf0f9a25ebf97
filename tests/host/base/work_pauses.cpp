// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/work_pauses.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

namespace
{

constexpr std::chrono::nanoseconds moment{1};

} // namespace

BOOST_AUTO_TEST_SUITE(pauses_in_work_of_many_steps)

BOOST_AUTO_TEST_CASE(one_is_due_after_half_a_millisecond_and_not_before)
{
    const work_pauses::clock::time_point begin{std::chrono::hours(1)};
    const work_pauses pauses(begin);
    BOOST_TEST(!pauses.is_due(begin));
    BOOST_TEST(!pauses.is_due(begin + std::chrono::microseconds(500) - moment));
    BOOST_TEST(pauses.is_due(begin + std::chrono::microseconds(500)));
}

BOOST_AUTO_TEST_CASE(the_time_to_the_next_one_begins_at_its_end)
{
    work_pauses pauses(work_pauses::clock::time_point{}); // long ago
    const auto before = work_pauses::clock::now();
    BOOST_TEST(pauses.is_due(before));
    pauses.pause_if_due();
    BOOST_TEST(!pauses.is_due(before));
}

BOOST_AUTO_TEST_CASE(one_that_is_not_due_leaves_the_next_where_it_was)
{
    const auto begin = work_pauses::clock::now() + std::chrono::hours(1);
    work_pauses pauses(begin);
    pauses.pause_if_due();
    BOOST_TEST(pauses.is_due(begin + work_pauses::between));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
