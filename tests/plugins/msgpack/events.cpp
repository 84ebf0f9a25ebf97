// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bytes.hpp"

#include <boost/test/unit_test.hpp>

// Lists of a time and a map, as Fluentd and Fluent Bit write them.

namespace
{

// 2021-01-01T00:00:00.5Z as Fluentd's EventTime.
constexpr std::string_view event_time = "d7 00 5fee6600 1dcd6500";

std::string event(std::string_view time, std::string_view map)
{
    return bytes_of("92 " + std::string(time) + std::string(map));
}

} // namespace

BOOST_AUTO_TEST_CASE(an_event_becomes_its_map_with_its_time)
{
    auto result = read_msgpack(event(event_time, "81a16101") + event(event_time, "81a16102"), {},
                               {{"id", "x"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "time") == (strings{R"("2021-01-01T00:00:00.500000000Z")",
                                                         R"("2021-01-01T00:00:00.500000000Z")"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(each_form_of_an_events_time_is_read)
{
    for (const std::string_view time : {"ce 5fee6600", "d3 000000005fee6600", "cb 41d7fb9980000000",
                                        "d6 ff 5fee6600", "c708 00 5fee6600 00000000"})
        BOOST_TEST(meta_of(read_msgpack(event(time, "80")).out(), "time") ==
                       (strings{R"("2021-01-01T00:00:00Z")"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_metadata_of_an_event_is_kept_if_there_is_any)
{
    const std::string without = "92" + std::string(event_time) + "80";
    const std::string with = "92" + std::string(event_time) + "81a16b01";
    auto result = read_msgpack(event(without, "81a16101") + event(with, "81a16102"));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "metadata") == (strings{"null", R"({"k":1})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[1].has_meta("time"));
}

BOOST_AUTO_TEST_CASE(a_list_of_events_is_read_like_events_one_behind_the_other)
{
    auto result = read_msgpack('\x93' + event(event_time, "80") + event(event_time, "80") +
                               event(event_time, "80"));
    BOOST_TEST(result.out().size() == 3U);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(an_event_that_cannot_be_read_fails_alone_and_whole)
{
    const std::string broken = event(event_time, "81 01 01");
    auto result = read_msgpack(broken + event(event_time, "80"));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "document 1, byte 12: a key that is a number; expected a text");
    BOOST_TEST(result.failed[0].first.data().view() == broken);
}

BOOST_AUTO_TEST_CASE(a_list_that_only_looks_like_an_event_is_a_list)
{
    for (const std::string_view first : {"c0", "a161", "d4 00 00", "cf ffffffffffffffff",
                                         "cb 7ff8000000000000", "cb 7fefffffffffffff"})
    {
        auto result = read_msgpack(event(first, "80"));
        BOOST_TEST(result.out().size() == 1U);
        BOOST_TEST(result.failed.size() == 1U);
        BOOST_TEST(!result.out()[0].has_meta("time"));
    }
    BOOST_TEST(read_msgpack(event("05", "05")).failed.size() == 2U);
    BOOST_TEST(read_msgpack(event("92 05 05", "80")).out().size() == 1U);
}

BOOST_AUTO_TEST_CASE(events_are_lists_if_asked)
{
    auto result = read_msgpack(event(event_time, "80"), {{"events", false}});
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST(reasons_of(result) ==
                   (strings{"document 1, element 1 is an extension; a map was expected"}),
               boost::test_tools::per_element());
}
