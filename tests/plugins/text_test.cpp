// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "charset.hpp"
#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using penstock::packet;
using penstock::testing::packets;
using text_package::charset;
using text_package::charset_error;
using text_package::read_entry;
using text_package::to_utf8;

namespace
{

penstock::testing::result read(std::vector<packet> bodies,
                               const penstock::json::object& parameters = {})
{
    return run_entry(read_entry, parameters, std::move(bodies));
}

std::string refusal(std::string_view text, charset from)
{
    try
    {
        (void)to_utf8(text, from);
    }
    catch (const charset_error& error)
    {
        return error.what();
    }
    return "none";
}

} // namespace

BOOST_AUTO_TEST_SUITE(text_read)

BOOST_AUTO_TEST_CASE(a_body_becomes_one_text_and_is_not_kept)
{
    auto result = read(packets(body("a\r\nb\n", {{"id", "7"}})));
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(result.out()[0].text("text") == "a\r\nb\n");
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.out()[0].meta("id") == "7");
}

BOOST_AUTO_TEST_CASE(the_field_can_be_named)
{
    auto result = read(packets(body("x")), {{"field", "body"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"body":"x"})"}),
               boost::test_tools::per_element());
    BOOST_CHECK_THROW((void)read({}, {{"field", ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_CASE(lines_become_packets_without_their_ends)
{
    auto result = read(packets(body("a\r\n\nb c\n")), {{"unit", "line"}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"text":"a"})", R"({"text":""})", R"({"text":"b c"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(several_lines_of_a_body_with_an_id_are_numbered)
{
    auto result =
        read(packets(body("a\nb", {{"id", "x"}}), body("a\n", {{"id", "y"}})), {{"unit", "line"}});
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")", R"("y")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_body_is_an_empty_text_and_no_line)
{
    BOOST_TEST(fields_of(read(packets(packet())).out()) == (strings{R"({"text":""})"}),
               boost::test_tools::per_element());
    BOOST_TEST(read(packets(packet()), {{"unit", "line"}}).out().empty());
}

BOOST_AUTO_TEST_CASE(the_charset_of_the_body_is_honoured)
{
    auto result = read(packets(body("\xe9", {{"charset", "ISO-8859-1"}}),
                               body("\x80", {{"charset", "windows-1252"}}),
                               body("\xc3\xa9", {{"charset", "UTF-8"}}), body("\xc3\xa9")));
    BOOST_REQUIRE(result.out().size() == 4);
    BOOST_TEST(result.out()[0].text("text") == "\xc3\xa9");
    BOOST_TEST(result.out()[1].text("text") == "\xe2\x82\xac");
    BOOST_TEST(result.out()[2].text("text") == "\xc3\xa9");
    BOOST_TEST(result.out()[3].text("text") == "\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(the_charset_of_bodies_that_name_none_is_a_parameter)
{
    auto result = read(packets(body("\xe9")), {{"charset", "iso-8859-1"}});
    BOOST_REQUIRE(result.out().size() == 1);
    BOOST_TEST(result.out()[0].text("text") == "\xc3\xa9");
}

BOOST_AUTO_TEST_CASE(an_unknown_charset_fails)
{
    auto result = read(packets(body("x", {{"charset", "koi8-r"}})));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second == "charset: is \"koi8-r\"; utf-8, us-ascii, iso-8859-1 or "
                                          "windows-1252 was expected");
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_fail_with_their_body)
{
    auto result = read(packets(body("ab\xff"), body("c")));
    BOOST_TEST(result.out().size() == 1);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second == "byte 2: is no utf-8; text in utf-8 was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "ab\xff");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_text_fails_alone)
{
    auto result = read(packets(body("a\n\xff\nc")), {{"unit", "line"}});
    BOOST_TEST(result.out().size() == 2);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second ==
               "line 2: byte 0: is no utf-8; text in utf-8 was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "\xff");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(decoding)

BOOST_AUTO_TEST_CASE(utf_8_passes_as_it_is_without_its_mark)
{
    const std::string text =
        "a\xc2\x80\xdf\xbf\xe0\xa0\x80\xed\x9f\xbf\xf0\x90\x80\x80\xf4\x8f\xbf\xbf";
    BOOST_TEST(to_utf8(text, charset::utf_8) == text);
    BOOST_TEST(to_utf8("\xef\xbb\xbfx", charset::utf_8) == "x");
}

BOOST_AUTO_TEST_CASE(malformed_utf_8_is_refused)
{
    for (const char* text :
         {"\x80", "\xc0\x80", "\xc1\xbf", "\xc3", "\xe0\x9f\xbf", "\xed\xa0\x80",
          "\xf0\x8f\xbf\xbf", "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xe2\x28\xa1"})
        BOOST_TEST(refusal(text, charset::utf_8) ==
                   "byte 0: is no utf-8; text in utf-8 was expected");
}

BOOST_AUTO_TEST_CASE(ascii_and_the_gaps_of_windows_1252_are_checked)
{
    BOOST_TEST(to_utf8("az", charset::us_ascii) == "az");
    BOOST_TEST(refusal("a\x80", charset::us_ascii) ==
               "byte 1: is no us-ascii; text in us-ascii was expected");
    BOOST_TEST(refusal("\x81", charset::windows_1252) ==
               "byte 0: is no windows-1252; text in windows-1252 was expected");
    BOOST_TEST(to_utf8("\x80\x9f\xa0\xff", charset::iso_8859_1) ==
               "\xc2\x80\xc2\x9f\xc2\xa0\xc3\xbf");
}

BOOST_AUTO_TEST_SUITE_END()
