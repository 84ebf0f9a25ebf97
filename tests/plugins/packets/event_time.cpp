// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../../../plugins/packets/event_time.hpp"

#include <boost/test/unit_test.hpp>

using packets::event_time;
using packets::rfc3339;

BOOST_AUTO_TEST_SUITE(packets_event_time)

BOOST_AUTO_TEST_CASE(times_are_read_to_the_millisecond_and_written)
{
    BOOST_TEST(event_time("1970-01-01T00:00:01.5Z").value() == 1500);
    BOOST_TEST(event_time("1969-12-31t23:59:59.9999z").value() == -1);
    BOOST_TEST(event_time("2000-02-29 01:00:00+01:00").value() == 951782400000);
    BOOST_TEST(event_time(1.25).value() == 1250);
    BOOST_TEST(event_time(-1).value() == -1000);
    for (const char* const text :
         {"", "2000-02-30T00:00:00Z", "2000-01-01T24:00:00Z", "2000-01-01T00:00:00",
          "2000-01-01T00:00:00.Z", "2000-01-01T00:00:00+1:00", "2000-01-01", "now"})
        BOOST_TEST(!event_time(text), text);
    BOOST_TEST(!event_time(1e300));
    BOOST_TEST(!event_time(nullptr));
    BOOST_TEST(rfc3339(951782400001) == "2000-02-29T00:00:00.001Z");
    BOOST_TEST(rfc3339(-1) == "1969-12-31T23:59:59.999Z");
}

BOOST_AUTO_TEST_SUITE_END()
