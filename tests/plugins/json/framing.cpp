// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How json/read tells the documents of a body from each other.
#include "components.hpp"
#include "run_entry.hpp"
#include "json/json_bodies.hpp"

#include <penstock/description.hpp>

#include <boost/test/unit_test.hpp>

using namespace json_bodies;
using penstock::testing::packets;

BOOST_AUTO_TEST_CASE(malformed_lines_fail_one_by_one_and_the_rest_goes_on)
{
    auto result = read(packets(lines("{\"a\":1}\n{bad\n\r\n{\"a\":4}\r\n[5]\n{\"a\":6}")));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":4})", R"({"a":6})"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 2);
    BOOST_TEST(result.failed[0].second.starts_with("line 2, column 2: "));
    BOOST_TEST(result.failed[0].first.data().view() == "{bad");
    BOOST_TEST(result.failed[1].second == "line 5: is a list; an object was expected");
    BOOST_TEST(result.failed[1].first.data().view() == "[5]");
    BOOST_TEST(result.failed[1].first.meta("mimetype") == "application/x-ndjson");
}

BOOST_AUTO_TEST_CASE(a_failed_line_of_a_body_with_an_id_has_its_number_in_the_id)
{
    auto result = read(packets(lines("{}\nx\n{}", {{"id", "y"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("y.1")", R"("y.3")"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.meta("id") == "y.2");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_the_only_one_fails_too)
{
    auto result = read(packets(lines("\nnot json\n")));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second.starts_with("line 2, column "));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_no_part_of_a_document)
{
    const std::string mark = "\xef\xbb\xbf";
    auto result =
        read(packets(body(mark + "[{\"a\":1}]"), lines(mark + "{\"a\":2}\r\n{\"a\":3}\r\n"),
                     lines(mark + "\n{\"a\":4}\n")));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":1})", R"({"a":2})", R"({"a":3})", R"({"a":4})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_body_in_another_charset_is_decoded_or_fails)
{
    const std::string wide("\xff\xfe{\0\"\0a\0\"\0:\0"
                           "1\0}\0",
                           16);
    auto result = read(packets(body("{\"a\":\"\xe9\"}", {{"charset", "iso-8859-1"}}), body(wide),
                               lines("{\"a\":1}\n{\"a\":\"\x80\"", {{"charset", "windows-1252"}}),
                               body("{}", {{"charset", "utf-7"}})));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{"{\"a\":\"\xc3\xa9\"}", R"({"a":1})", R"({"a":1})"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 2);
    BOOST_TEST(result.failed[0].first.data().view() == "{\"a\":\"\xe2\x82\xac\"");
    BOOST_TEST(result.failed[0].first.meta("charset") == "utf-8");
    BOOST_TEST(result.failed[1].second.starts_with("charset: is \"utf-7\""));
}

BOOST_AUTO_TEST_CASE(a_body_of_blank_lines_delivers_nothing)
{
    auto result = read(packets(lines("\n \r\n\n")));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(the_format_can_be_fixed)
{
    auto result = read(packets(body("{}\n{}")), {{"format", "lines"}});
    BOOST_TEST(result.out().size() == 2);

    result = read(packets(lines("[{},\n{}]")), {{"format", "document"}});
    BOOST_TEST(result.out().size() == 2);
}

BOOST_AUTO_TEST_CASE(documents_one_behind_the_other_are_read_by_name)
{
    const penstock::json::object concatenated{{"format", "concatenated"}};
    auto result =
        read(packets(body("{\"a\":1}{\"a\":2}\n {\"a\":\"}{\\\"\"}[3]x{\"a\":4}", {{"id", "y"}})),
             concatenated);
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":1})", R"({"a":2})", R"({"a":"}{\""})", R"({"a":4})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out().back().meta("id") == "y.6");
    BOOST_REQUIRE(result.failed.size() == 2);
    BOOST_TEST(result.failed[0].second == "document 4: is a list; an object was expected");
    BOOST_TEST(result.failed[1].second.starts_with("document 5, column 1: "));
    BOOST_TEST(result.failed[1].first.data().view() == "x");

    result = read(packets(body("{\"a\":1}{\"a\":")), concatenated);
    BOOST_TEST(result.out().size() == 1);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.data().view() == "{\"a\":");
}

BOOST_AUTO_TEST_CASE(a_sequence_is_read_by_name_or_by_its_type)
{
    const std::string_view sequence =
        "\x1e{\"a\":1}\n\x1e{\"a\":\n2}\n\x1e\x1e{\"a\":\n\x1e{\"a\":4}\n";
    for (const auto& [type, format] :
         {std::pair{"application/json-seq", "auto"}, std::pair{"application/json", "sequence"}})
    {
        auto result = read(packets(body(sequence, {{"mimetype", type}})), {{"format", format}});
        BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})", R"({"a":4})"}),
                   boost::test_tools::per_element());
        BOOST_REQUIRE(result.failed.size() == 1);
        BOOST_TEST(result.failed[0].second.starts_with("document 3, line 2, column 1: "));
    }
}
