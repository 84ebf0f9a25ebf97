// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/tally.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(tallies)

using namespace penstock::host::cli;
using std::chrono::duration;

namespace
{

parcel of(std::uint64_t records)
{
    return {.number = 0, .source = "a.ndjson", .type = {}, .body = "12345", .records = records};
}

} // namespace

BOOST_AUTO_TEST_CASE(each_record_has_one_fate)
{
    tally counts;
    counts.add(of(10), {.is = outcome::kind::accepted, .ends = {.delivered = 9, .dead = 1}});
    counts.add(of(4), {.is = outcome::kind::pending});
    BOOST_TEST(counts.refused + counts.lost == 0);
    counts.add(of(3), {.is = outcome::kind::refused, .status = 415, .detail = "415: no"});
    counts.add(of(2), {.is = outcome::kind::lost, .detail = "gone"});
    BOOST_TEST(!counts.is_fine());
    BOOST_TEST(counts.records == 19);
    BOOST_TEST(counts.accepted == 14);
    BOOST_TEST(counts.refused == 3);
    BOOST_TEST(counts.lost == 2);
    BOOST_TEST(counts.pending == 4);
    BOOST_TEST(counts.bytes == 20);
    BOOST_TEST(counts.ends.delivered == 9);
    BOOST_TEST(to_string(counts.problems.at(0)) == "a.ndjson: 415: no");
}

BOOST_AUTO_TEST_CASE(only_the_first_refusals_are_kept)
{
    tally counts;
    for (int i = 0; i < 1000; ++i)
        counts.add(of(1), {.is = outcome::kind::refused});
    BOOST_TEST(counts.refused == 1000);
    BOOST_TEST(counts.problems.size() <= 10);
}

BOOST_AUTO_TEST_CASE(dead_letters_are_told_with_their_reasons)
{
    tally counts;
    counts.add(of(3), {.is = outcome::kind::accepted, .ends = {.delivered = 3}});
    BOOST_TEST(counts.is_fine());
    counts.add(of(3), {.is = outcome::kind::accepted,
                       .ends = {.delivered = 1, .dead = 2},
                       .reasons = {"set: no", "set: never"}});
    BOOST_TEST(!counts.is_fine());
    BOOST_REQUIRE(counts.problems.size() == 2);
    BOOST_TEST(to_string(counts.problems.at(0)) == "a.ndjson: dead letter at set: no");
}

BOOST_AUTO_TEST_CASE(ends_are_written_only_if_they_were_asked_for)
{
    const tally counts;
    BOOST_TEST(tally_json(counts, duration<double>(1), true).contains("delivered"));
    BOOST_TEST(!tally_json(counts, duration<double>(1), false).contains("delivered"));
}

BOOST_AUTO_TEST_CASE(progress_shows_part_records_rate_and_bytes)
{
    tally counts;
    counts.records = 5000;
    counts.bytes = 3'000'000;
    const duration<double> time(2);
    BOOST_TEST(progress_line(counts, time, 6'000'000, "", 200) ==
               "[###############...............] 50 %  5,000 records  2,500/s  3.0 MB");
    BOOST_TEST(progress_line(counts, time, std::nullopt, "503", 200) ==
               "5,000 records  2,500/s  3.0 MB  waiting: 503");
    BOOST_TEST(progress_line(counts, time, std::nullopt, "", 12) == "5,000 record");
}

BOOST_AUTO_TEST_SUITE_END()
