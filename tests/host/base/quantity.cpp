// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/quantity.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>

BOOST_AUTO_TEST_SUITE(quantity)

using namespace penstock::host;
using std::chrono::milliseconds;

BOOST_AUTO_TEST_CASE(sizes_read_back_as_written)
{
    for (const std::uint64_t bytes :
         {0ull, 1ull, 1000ull, 1024ull, 1536ull, 16ull << 20, 4ull << 30})
        BOOST_TEST(parse_size(write_size(bytes)).value() == bytes);
    BOOST_TEST(write_size(16 << 20) == "16MiB");
    BOOST_TEST(parse_size("100").value() == 100);
}

BOOST_AUTO_TEST_CASE(durations_read_back_as_written)
{
    for (const int time : {0, 1, 999, 1000, 1500, 60'000, 90'000, 3'600'000})
        BOOST_TEST(parse_duration(write_duration(milliseconds(time))).value().count() == time);
    BOOST_TEST(write_duration(milliseconds(45'000)) == "45s");
    BOOST_TEST(parse_duration("30d").value().count() == 30 * 86'400'000LL);
}

BOOST_AUTO_TEST_CASE(what_is_no_quantity_is_refused)
{
    for (const char* text : {"", "x", "-1", "1.5", "1 s", "5", "s", "99999999999999999999s"})
        BOOST_TEST(!parse_duration(text), text);
    for (const char* text : {"", "MiB", "-1", "1MB", "16 MiB", "9999999999999GiB"})
        BOOST_TEST(!parse_size(text), text);
    for (const char* text : {"", "1s", "+1", "18446744073709551616"})
        BOOST_TEST(!parse_count(text), text);
}

BOOST_AUTO_TEST_CASE(counts_are_grouped_by_thousands)
{
    BOOST_TEST(grouped(0) == "0");
    BOOST_TEST(grouped(999) == "999");
    BOOST_TEST(grouped(1000) == "1,000");
    BOOST_TEST(grouped(63'666'000) == "63,666,000");
}

BOOST_AUTO_TEST_SUITE_END()
