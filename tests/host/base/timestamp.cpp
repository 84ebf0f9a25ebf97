// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/timestamp.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(timestamps)

using namespace penstock::host;
using namespace std::chrono;

namespace
{

constexpr system_clock::time_point moment =
    sys_days{January / 31 / 2026} + hours(9) + minutes(5) + milliseconds(7);

} // namespace

BOOST_AUTO_TEST_CASE(a_time_is_written_as_rfc_3339_has_it)
{
    BOOST_TEST(timestamp(moment) == "2026-01-31T09:05:00Z");
    BOOST_TEST(timestamp_ms(moment) == "2026-01-31T09:05:00.007Z");
    BOOST_TEST(timestamp_ms(moment + milliseconds(993)) == "2026-01-31T09:05:01.000Z");
}

BOOST_AUTO_TEST_CASE(what_was_written_reads_back_to_the_second)
{
    BOOST_CHECK(parse_timestamp(timestamp(moment)) == floor<seconds>(moment));
}

BOOST_AUTO_TEST_CASE(other_texts_are_no_times)
{
    for (const char* text : {"", "2026-01-31", "2026-02-31T09:05:00Z", "2026-01-31T09:05:00.007Z"})
        BOOST_TEST(!parse_timestamp(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
