// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_stats.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>

BOOST_AUTO_TEST_SUITE(live_statistics)

using penstock::host::api::live_stats;
namespace json = penstock::json;
using namespace std::chrono_literals;

namespace
{

json::object counted(std::uint64_t accepted, std::uint64_t received, std::uint64_t depth = 0,
                     std::uint64_t dead = 0)
{
    return {
        {"accepted", accepted},
        {"nodes",
         {{"read", {{"received", received}, {"sent", received}, {"failed", dead}, {"dead", dead}}},
          {"end", {{"received", received}, {"sent", 0}, {"failed", 0}, {"dead", 0}}}}},
        {"edges",
         {{{"from", "read.out"},
           {"to", "end.in"},
           {"packets", received + depth},
           {"depth", depth},
           {"capacity", 256}}}}};
}

const live_stats::clock::time_point begin{1h};

} // namespace

BOOST_AUTO_TEST_CASE(the_first_message_tells_all_without_rates)
{
    live_stats stats;
    const json::object first = stats.next(counted(7, 5, 2, 1), begin);
    BOOST_TEST(first.at("type") == "stats");
    BOOST_TEST(first.at("seq") == 1);
    BOOST_TEST(first.at("nodes").at("read") == (json::array{0.0, 1, 5, 1}));
    BOOST_TEST(first.at("nodes").at("end") == (json::array{0.0, 0, 5, 0}));
    BOOST_TEST(first.at("edges").at("read.out>end.in") == (json::array{0.0, 2, 256, 7}));
    BOOST_TEST(first.at("receipts") == 0.0);
}

BOOST_AUTO_TEST_CASE(rates_are_of_the_time_since_the_message_before)
{
    live_stats stats;
    static_cast<void>(stats.next(counted(0, 0), begin));
    const json::object next = stats.next(counted(30, 50), begin + 500ms);
    BOOST_TEST(next.at("nodes").at("read").at(0) == 100.0);
    BOOST_TEST(next.at("edges").at("read.out>end.in").at(0) == 100.0);
    BOOST_TEST(next.at("receipts") == 60.0);
}

BOOST_AUTO_TEST_CASE(what_has_not_changed_is_not_told_again)
{
    live_stats stats;
    static_cast<void>(stats.next(counted(1, 1), begin));
    json::object now = counted(1, 1);
    now.at("nodes").at("read").as_object()["failed"] = 1;
    const json::object next = stats.next(now, begin + 500ms);
    BOOST_TEST(next.at("seq") == 2);
    BOOST_TEST(next.at("nodes").as_object().size() == 1U);
    BOOST_TEST(next.at("nodes").as_object().contains("read"));
    BOOST_TEST(next.at("edges").as_object().empty());
}

BOOST_AUTO_TEST_CASE(a_rate_that_falls_to_nothing_is_told)
{
    live_stats stats;
    static_cast<void>(stats.next(counted(0, 0), begin));
    static_cast<void>(stats.next(counted(10, 10), begin + 500ms));
    const json::object still = stats.next(counted(10, 10), begin + 1s);
    BOOST_TEST(still.at("nodes").at("end").at(0) == 0.0);
}

BOOST_AUTO_TEST_CASE(counters_of_a_new_version_begin_anew)
{
    live_stats stats;
    static_cast<void>(stats.next(counted(1000, 1000), begin));
    const json::object next = stats.next(counted(1000, 10), begin + 1s);
    BOOST_TEST(next.at("nodes").at("end").at(0) == 10.0);
}

BOOST_AUTO_TEST_CASE(all_is_told_again_when_asked)
{
    live_stats stats;
    static_cast<void>(stats.next(counted(1, 1), begin));
    stats.tell_all();
    BOOST_TEST(stats.next(counted(1, 1), begin + 1s).at("nodes").as_object().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
