// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../../../plugins/feed/dates.hpp"

#include <boost/test/unit_test.hpp>

using feed_package::rfc3339_of;

BOOST_AUTO_TEST_SUITE(feed_dates)

BOOST_AUTO_TEST_CASE(dates_of_mail_keep_their_zone)
{
    BOOST_TEST(rfc3339_of("Sat, 07 Sep 2002 00:00:01 GMT") == "2002-09-07T00:00:01Z");
    BOOST_TEST(rfc3339_of("7 Sep 2002 9:42 +0200") == "2002-09-07T09:42:00+02:00");
    BOOST_TEST(rfc3339_of("Sat, 07 September 02 09:42:31 EST") == "2002-09-07T09:42:31-05:00");
    BOOST_TEST(rfc3339_of("07-Sep-99 09:42 PDT") == "1999-09-07T09:42:00-07:00");
    BOOST_TEST(rfc3339_of("Sat, 07 Sep 2002 09:42:31 -0330") == "2002-09-07T09:42:31-03:30");
    BOOST_TEST(rfc3339_of(" 07 Sep 2002 ") == "2002-09-07T00:00:00Z");
    BOOST_TEST(rfc3339_of("07 Sep 2002 09:42:31") == "2002-09-07T09:42:31Z");
}

BOOST_AUTO_TEST_CASE(dates_of_iso_8601_are_made_whole)
{
    BOOST_TEST(rfc3339_of("2003-12-13T18:30:02Z") == "2003-12-13T18:30:02Z");
    BOOST_TEST(rfc3339_of("2003-12-13T18:30:02.25+01:00") == "2003-12-13T18:30:02.25+01:00");
    BOOST_TEST(rfc3339_of("2003-12-13t18:30z") == "2003-12-13T18:30:00Z");
    BOOST_TEST(rfc3339_of("2003-12-13 18:30:02 +0100") == "2003-12-13T18:30:02+01:00");
    BOOST_TEST(rfc3339_of("2003-12-13T18:30:02-08") == "2003-12-13T18:30:02-08:00");
    BOOST_TEST(rfc3339_of("2003-12") == "2003-12-01T00:00:00Z");
    BOOST_TEST(rfc3339_of("2003") == "2003-01-01T00:00:00Z");
    BOOST_TEST(rfc3339_of("2004-02-29") == "2004-02-29T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(what_is_no_date_gives_none)
{
    for (const char* text :
         {"", "yesterday", "2003-13-01", "2003-02-29", "31 Feb 2003", "2003-12-13T25:00:00Z",
          "2003-12-13T18:30:02.Z", "2003-12-13T18", "20031213", "07 Sep 123", "Sat, 07 Foo 2002",
          "07 Sep 2002 09:42 +99999", "07 Sep 2002 09:42 +9900", "2003-12-13T18:30:02Zx",
          "99999999999999999999 Sep 2002"})
        BOOST_TEST(rfc3339_of(text) == "", text);
}

BOOST_AUTO_TEST_SUITE_END()
