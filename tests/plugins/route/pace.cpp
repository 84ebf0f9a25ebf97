// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <memory>
#include <utility>
#include <vector>

namespace json = penstock::json;
using namespace std::chrono_literals;
using penstock::packet;
using penstock::testing::at;
using penstock::testing::timetable;
using route_package::delay_entry;
using route_package::throttle_entry;

// Components that hold packets back for a time.
BOOST_AUTO_TEST_SUITE(route_pace)

namespace
{

penstock::testing::result run(const penstock::component_entry& entry,
                              const json::object& parameters,
                              std::vector<penstock::testing::timed> given)
{
    penstock::testing::timed_inputs inputs;
    inputs.emplace("in", std::move(given));
    return penstock::testing::run([&]
                                  { return std::unique_ptr<penstock::component>(entry.make()); },
                                  parameters, std::move(inputs), {});
}

packet of(int n)
{
    return packet({{"n", n}});
}

std::vector<penstock::testing::timed> all_at_once(int count)
{
    std::vector<penstock::testing::timed> list;
    for (int n = 0; n < count; ++n)
        list.push_back(at(0s, of(n)));
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_throttle_lets_packets_wait_for_their_turn)
{
    auto result = run(throttle_entry, {{"rate", 10}}, all_at_once(21));
    BOOST_TEST(result.out().size() == 21U);
    BOOST_TEST(fields_of(result.out()).back() == R"({"n":20})");
    BOOST_TEST((result.elapsed >= 1999ms && result.elapsed < 2100ms));
}

BOOST_AUTO_TEST_CASE(a_burst_goes_at_once_and_its_time_is_made_up_for)
{
    auto result = run(throttle_entry, {{"rate", 10}, {"burst", 11}}, all_at_once(11));
    BOOST_TEST(result.out().size() == 11U);
    BOOST_TEST((result.elapsed < 100ms));
    result = run(throttle_entry, {{"rate", 10}, {"burst", 11}}, all_at_once(21));
    BOOST_TEST((result.elapsed >= 999ms && result.elapsed < 1100ms));
}

BOOST_AUTO_TEST_CASE(a_pause_gives_no_more_than_a_burst)
{
    std::vector<penstock::testing::timed> given;
    for (int n = 0; n < 6; ++n)
        given.push_back(at(60s, of(n)));
    auto result =
        run(throttle_entry, {{"rate", 1}, {"burst", 3}, {"beyond", "drop"}}, std::move(given));
    BOOST_TEST(result.out().size() == 3U);
    BOOST_TEST(result.dropped.size() == 3U);
    BOOST_TEST(result.metrics["dropped"] == 3);
}

BOOST_AUTO_TEST_CASE(packets_beyond_the_rate_may_be_dropped)
{
    auto result = run(throttle_entry, {{"rate", 2}, {"beyond", "drop"}},
                      timetable(at(0ms, of(1)), at(100ms, of(2)), at(500ms, of(3)),
                                at(900ms, of(4)), at(1100ms, of(5))));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":1})", R"({"n":3})", R"({"n":5})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 2U);
}

BOOST_AUTO_TEST_CASE(each_packet_is_delayed_from_when_it_came)
{
    auto result = run(delay_entry, {{"time", "10s"}},
                      timetable(at(0s, of(1)), at(4s, of(2)), at(15s, of(3))));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":1})", R"({"n":2})", R"({"n":3})"}),
               boost::test_tools::per_element());
    BOOST_TEST((result.elapsed >= 25s && result.elapsed < 26s));
}

BOOST_AUTO_TEST_CASE(a_delay_holds_as_many_as_it_may)
{
    auto result = run(delay_entry, {{"time", "10s"}, {"packets", 2}}, all_at_once(5));
    BOOST_TEST(result.out().size() == 5U);
    BOOST_TEST(fields_of(result.out()).back() == R"({"n":4})");
    BOOST_TEST((result.elapsed >= 30s && result.elapsed < 31s)); // two, two, and one
}

BOOST_AUTO_TEST_CASE(a_rate_is_needed)
{
    BOOST_TEST(refusal(throttle_entry, {}) != "none");
    BOOST_TEST(refusal(throttle_entry, {{"rate", 0}}) != "none");
    BOOST_TEST(refusal(delay_entry, {}) != "none");
}

BOOST_AUTO_TEST_SUITE_END()
