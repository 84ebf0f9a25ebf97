// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/restart_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

BOOST_AUTO_TEST_SUITE(restarts)

using namespace std::chrono_literals;
using penstock::host::supervise::restart;
using penstock::host::supervise::restart_policy;
using penstock::host::supervise::worker_end;

namespace
{

using clock_type = restart_policy::clock;

constexpr clock_type::time_point start{1000s};

} // namespace

BOOST_AUTO_TEST_CASE(workers_that_crash_at_once_are_started_ever_more_slowly)
{
    restart_policy policy;
    std::vector<std::chrono::milliseconds> pauses;
    clock_type::time_point now = start;
    for (int n = 0; n < 7; ++n)
    {
        const restart next = policy.ended(now, now, worker_end::unexplained);
        pauses.push_back(next.after);
        now += next.after;
    }
    const std::vector<std::chrono::milliseconds> expected{0ms, 100ms, 500ms, 1s, 5s, 5s, 5s};
    BOOST_TEST((pauses == expected));
}

BOOST_AUTO_TEST_CASE(the_time_that_a_worker_lived_counts)
{
    restart_policy policy;
    BOOST_TEST((policy.ended(start, start, worker_end::unexplained).after == 0ms));
    BOOST_TEST((policy.ended(start, start + 60ms, worker_end::unexplained).after == 40ms));
    BOOST_TEST((policy.ended(start, start + 700ms, worker_end::unexplained).after == 0ms));
}

BOOST_AUTO_TEST_CASE(crashes_that_a_packet_is_to_blame_for_cost_no_time)
{
    restart_policy policy;
    for (int n = 0; n < 9; ++n)
        BOOST_TEST((policy.ended(start, start, worker_end::packet).after == 0ms));
    BOOST_TEST((policy.ended(start, start, worker_end::unexplained).after == 0ms));
    BOOST_TEST((policy.ended(start, start, worker_end::unexplained).after == 100ms));
}

BOOST_AUTO_TEST_CASE(the_eleventh_crash_in_a_minute_leaves_the_graphs_out)
{
    restart_policy policy;
    for (int n = 0; n < 10; ++n)
        BOOST_TEST(!policy
                        .ended(start, start + n * 5s,
                               n % 2 == 0 ? worker_end::packet : worker_end::unexplained)
                        .intake_only);
    BOOST_TEST(policy.ended(start, start + 59s, worker_end::packet).intake_only);
}

BOOST_AUTO_TEST_CASE(a_start_that_a_worker_asked_for_is_no_crash_and_waits_as_after_one)
{
    restart_policy policy;
    for (int n = 0; n < 10; ++n)
        BOOST_TEST(!policy.ended(start, start, worker_end::asked).intake_only);
    BOOST_TEST((policy.ended(start, start, worker_end::asked).after == 5s));
    for (int n = 0; n < 10; ++n)
        BOOST_TEST(!policy.ended(start, start, worker_end::packet).intake_only);
    BOOST_TEST(!policy.ended(start, start, worker_end::asked).intake_only);
    BOOST_TEST(policy.ended(start, start, worker_end::unexplained).intake_only);
    BOOST_TEST(policy.ended(start, start, worker_end::asked).intake_only); // the crashes stand
}

BOOST_AUTO_TEST_CASE(a_minute_later_a_crash_is_the_first_again)
{
    restart_policy policy;
    for (int n = 0; n < 20; ++n)
        (void)policy.ended(start, start, worker_end::unexplained);
    const restart next = policy.ended(start + 61s, start + 61s, worker_end::unexplained);
    BOOST_TEST((next.after == 0ms));
    BOOST_TEST(!next.intake_only);
}

BOOST_AUTO_TEST_SUITE_END()
