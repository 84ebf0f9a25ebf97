// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nano_time.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>

BOOST_AUTO_TEST_SUITE(otlp_nano_time)

using otlp_package::nanoseconds_of;
using otlp_package::rfc3339;

BOOST_AUTO_TEST_CASE(a_time_keeps_its_nanoseconds)
{
    BOOST_TEST(rfc3339(0) == "1970-01-01T00:00:00.000000000Z");
    BOOST_TEST(rfc3339(1'767'323'045'000'000'006) == "2026-01-02T03:04:05.000000006Z");
    for (const std::uint64_t each : {std::uint64_t{0}, std::uint64_t{951'782'399'999'999'999},
                                     std::uint64_t{18'446'744'072'999'999'999U}})
        BOOST_TEST(nanoseconds_of(rfc3339(each)).value() == each);
    BOOST_TEST(rfc3339(std::numeric_limits<std::uint64_t>::max()) ==
               "2554-07-21T23:34:33.709551615Z");
}

BOOST_AUTO_TEST_CASE(a_time_may_have_a_zone_and_any_number_of_digits)
{
    BOOST_TEST(nanoseconds_of("2026-01-02T05:04:05.5+02:00").value() == 1'767'323'045'500'000'000U);
    BOOST_TEST(nanoseconds_of("2026-01-02t03:04:05z").value() == 1'767'323'045'000'000'000U);
    BOOST_TEST(nanoseconds_of("2026-01-02T03:04:05.1234567899Z").value() ==
               1'767'323'045'123'456'789U);
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_none)
{
    for (const char* each : {"", "2026", "2026-02-30T00:00:00Z", "1969-12-31T23:59:59Z",
                             "2026-01-02T03:04:05", "2026-01-02T24:00:00Z", "2026-01-02T03:04:05.Z",
                             "2026-01-02T03:04:05Zx", "9999-01-02T03:04:05Z"})
        BOOST_TEST(!nanoseconds_of(each), each);
}

BOOST_AUTO_TEST_SUITE_END()
