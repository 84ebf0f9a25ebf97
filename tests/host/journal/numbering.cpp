// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/numbering.hpp"

#include "host/journal/sqlite/checksum.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(numbers)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(an_id_leads_back_to_its_number)
{
    for (const std::uint64_t seed : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{12345}})
    {
        numbering ids(seed);
        for (entry_number number = 1; number < 1'000'000'000'000'000'000U; number = number * 7 + 1)
            BOOST_TEST(ids.number(ids.make(number, {})) == number);
    }
}

BOOST_AUTO_TEST_CASE(an_id_leads_back_to_its_host)
{
    using std::chrono::system_clock;
    for (const std::uint64_t host : {0U, 1U, 2'048U, 4'095U})
    {
        numbering ids(7, 0, 0, host);
        const auto now = system_clock::now();
        BOOST_TEST(host_number_of(ids.make(5, now)) == host);
        BOOST_TEST(ids.number(ids.make(6, now)) == 6U);
    }
    const auto id = numbering(7).make(5, system_clock::time_point(std::chrono::microseconds(9)));
    BOOST_TEST(id.high == 9U); // as before hosts had numbers
}

BOOST_AUTO_TEST_CASE(ids_of_a_host_sort_by_time_wherever_the_clock_goes)
{
    using time = std::chrono::system_clock::time_point;
    const auto at = [](auto since) { return time(since); };
    numbering ids(7, 0, 0, 3);
    std::uint64_t last = 0;
    for (const time each : {at(std::chrono::hours(1)), at(std::chrono::hours(-1)), time::min(),
                            at(std::chrono::hours(2))})
    {
        const auto id = ids.make(1, each);
        BOOST_TEST(id.high > last);
        BOOST_TEST(host_number_of(id) == 3U);
        last = id.high;
    }
}

BOOST_AUTO_TEST_CASE(a_time_that_an_id_has_no_room_for_changes_no_host)
{
    constexpr std::uint64_t latest = (std::uint64_t{1} << 52) - 1;
    for (const std::uint64_t before : {latest - 1, latest, ~std::uint64_t{0}})
    {
        numbering ids(7, before, 0, 3);
        const auto first = ids.next({});
        const auto second = ids.next(std::chrono::system_clock::time_point::max());
        BOOST_TEST(host_number_of(first.id) == 3U);
        BOOST_TEST(host_number_of(second.id) == 3U);
        BOOST_TEST(first.id.low != second.id.low);
        BOOST_TEST(ids.last_micros() == latest);
    }
}

BOOST_AUTO_TEST_CASE(the_low_halves_of_neighbours_have_nothing_in_common)
{
    numbering ids(1);
    std::set<std::uint64_t> tops;
    for (entry_number number = 1; number <= 100; ++number)
        tops.insert(ids.make(number, {}).low >> 48);
    BOOST_TEST(tops.size() > 90);
}

BOOST_AUTO_TEST_CASE(a_sum_tells_kinds_lengths_and_order_apart)
{
    const auto sum = [](auto... columns)
    {
        checksum made;
        (made.add(columns), ...);
        return made.value();
    };
    using namespace std::string_view_literals;
    const std::set<std::uint32_t> sums{sum("ab"sv, "c"sv),
                                       sum("a"sv, "bc"sv),
                                       sum("abc"sv),
                                       sum("c"sv, "ab"sv),
                                       sum(""sv, "abc"sv),
                                       sum(std::int64_t{1}),
                                       sum("1"sv),
                                       sum(""sv),
                                       sum(),
                                       sum(std::int64_t{1} << 8)};
    BOOST_TEST(sums.size() == 10);
}

BOOST_AUTO_TEST_SUITE_END()
