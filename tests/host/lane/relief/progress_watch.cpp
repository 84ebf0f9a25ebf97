// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/relief/progress_watch.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(progress)

using namespace penstock::host;
using namespace std::chrono_literals;

namespace
{

// A lane of which the test says how many packets it has moved, and what time it is.
struct watched_lane
{
    std::uint64_t moved = 0;
    int told = 0;
    progress_watch watch{10s, [this] { return moved; }, [] { return "a waits for b"; },
                         [this](const std::string& who)
                         { told += who == "a waits for b" ? 1 : 0; }};

    bool stands_still_at(std::chrono::seconds time, bool has_work = true)
    {
        watch.look(progress_watch::clock::time_point(time), has_work);
        return watch.get().has_value();
    }
};

} // namespace

BOOST_AUTO_TEST_CASE(is_missed_when_no_packet_has_moved_for_so_long)
{
    watched_lane lane;
    BOOST_TEST(!lane.stands_still_at(100s));
    BOOST_TEST(!lane.stands_still_at(109s));
    BOOST_TEST(lane.stands_still_at(112s));
    BOOST_TEST(lane.watch.get()->what == "a waits for b");
    BOOST_TEST(lane.stands_still_at(200s));
    BOOST_TEST(lane.told == 1);
}

BOOST_AUTO_TEST_CASE(ends_a_standstill)
{
    watched_lane lane;
    lane.stands_still_at(100s);
    BOOST_TEST(lane.stands_still_at(112s));
    lane.moved = 1;
    BOOST_TEST(!lane.stands_still_at(115s));
    BOOST_TEST(!lane.stands_still_at(124s));
    BOOST_TEST(lane.stands_still_at(127s));
    BOOST_TEST(lane.told == 2);
}

BOOST_AUTO_TEST_CASE(is_not_missed_without_work)
{
    watched_lane lane;
    BOOST_TEST(!lane.stands_still_at(100s, false));
    BOOST_TEST(!lane.stands_still_at(200s, false));
    BOOST_TEST(!lane.stands_still_at(300s)); // which has just come
    BOOST_TEST(lane.stands_still_at(312s));
    BOOST_TEST(!lane.stands_still_at(313s, false));
}

BOOST_AUTO_TEST_CASE(is_looked_for_again_in_time_while_there_is_work)
{
    watched_lane lane;
    const progress_watch::clock::time_point now(100s);
    BOOST_TEST((lane.watch.look(now, true) <= now + 10s));
    BOOST_TEST((lane.watch.look(now, false) == progress_watch::clock::time_point::max()));
}

BOOST_AUTO_TEST_SUITE_END()
