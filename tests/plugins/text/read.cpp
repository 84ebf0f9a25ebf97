// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using penstock::packet;
using penstock::testing::packets;
using text_package::read_entry;

namespace
{

penstock::testing::result read(std::vector<packet> bodies,
                               const penstock::json::object& parameters = {})
{
    return run_entry(read_entry, parameters, std::move(bodies));
}

} // namespace

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

BOOST_AUTO_TEST_CASE(the_charset_of_the_body_wins_over_the_parameter)
{
    auto result = read(packets(body("\xc3\xa9", {{"charset", "utf-8"}}),
                               body("\xef\xbb\xbf\xc3\xa9"), body("\x80")),
                       {{"charset", "windows-1252"}});
    BOOST_REQUIRE(result.out().size() == 3);
    BOOST_TEST(result.out()[0].text("text") == "\xc3\xa9");
    BOOST_TEST(result.out()[1].text("text") == "\xc3\xa9");
    BOOST_TEST(result.out()[2].text("text") == "\xe2\x82\xac");
}

BOOST_AUTO_TEST_CASE(lines_of_wide_characters_are_decoded_before_they_are_cut)
{
    // U+0A0A has two bytes that are line feeds elsewhere.
    const std::string text("a\0\n\0\x0a\x0a\n\0", 8);
    auto result = read(packets(body(text, {{"charset", "utf-16le"}}), body("\xff\xfe"
                                                                           "b")),
                       {{"unit", "line"}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"text":"a"})", "{\"text\":\"\xe0\xa8\x8a\"}"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second == "byte 2: is no utf-16le; text in utf-16le was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "\xff\xfe"
                                                       "b");
}

BOOST_AUTO_TEST_CASE(an_unknown_charset_fails)
{
    auto result = read(packets(body("x", {{"charset", "utf-7"}})));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second.starts_with("charset: is \"utf-7\"; utf-8, "));
    BOOST_CHECK_THROW((void)read({}, {{"charset", "utf-7"}}), penstock::parameter_error);
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

BOOST_AUTO_TEST_CASE(bad_lines_beyond_a_limit_become_one_dead_letter_that_replays)
{
    auto result =
        read(packets(body("\xff\na\n\xfe\r\n\xfd\nb")), {{"unit", "line"}, {"bad_lines", 1}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"text":"a"})", R"({"text":"b"})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST((result.failed.back().first.data().view() == "\xfe\n\xfd\n"));
    BOOST_TEST(result.failed.back().second.starts_with("line 3: "));
}

BOOST_AUTO_TEST_CASE(a_text_over_the_limit_fails_and_the_lines_around_it_do_not)
{
    const std::string why = "has 5 bytes; at most 4 were expected";
    auto lines = read(packets(body("four\nfives\nlast\n")), {{"unit", "line"}, {"limit", 4}});
    BOOST_TEST(fields_of(lines.out()) == (strings{R"({"text":"four"})", R"({"text":"last"})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(lines.failed.size() == 1U);
    BOOST_TEST(lines.failed[0].second == "line 2: " + why);
    BOOST_TEST(lines.failed[0].first.data().view() == "fives");

    auto bodies = read(packets(body("four"), body("fives")), {{"limit", 4}});
    BOOST_TEST(bodies.out().size() == 1U);
    BOOST_TEST_REQUIRE(bodies.failed.size() == 1U);
    BOOST_TEST(bodies.failed[0].second == why);
}

BOOST_AUTO_TEST_CASE(an_encoding_that_is_not_named_is_guessed_if_asked_for)
{
    // "Это проверка кодировки, и ничего больше." in Windows-1251, the same in KOI8-R, and Japanese.
    const std::string windows = "\xdd\xf2\xee \xef\xf0\xee\xe2\xe5\xf0\xea\xe0 "
                                "\xea\xee\xe4\xe8\xf0\xee\xe2\xea\xe8, \xe8 "
                                "\xed\xe8\xf7\xe5\xe3\xee \xe1\xee\xeb\xfc\xf8\xe5.";
    const std::string koi = "\xfc\xd4\xcf \xd0\xd2\xcf\xd7\xc5\xd2\xcb\xc1 "
                            "\xcb\xcf\xc4\xc9\xd2\xcf\xd7\xcb\xc9, \xc9 "
                            "\xce\xc9\xde\xc5\xc7\xcf \xc2\xcf\xcc\xd8\xdb\xc5.";
    const std::string text = "Это проверка кодировки, и ничего больше.";
    const std::string japanese = "\x83\x81\x81\x5b\x83\x8b\x82\xcc\x95\xb6\x8e\x9a\x83\x52\x81"
                                 "\x5b\x83\x68\x82\xf0\x92\xb2\x82\xd7\x82\xe9";
    auto result = read(packets(body(windows), body(koi), body(text), body(japanese), body("plain")),
                       {{"guess", true}});
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.out().size() == 5U);
    BOOST_TEST(result.out()[0].text("text") == text);
    BOOST_TEST(result.out()[1].text("text") == text);
    BOOST_TEST(result.out()[2].text("text") == text);
    BOOST_TEST(result.out()[3].text("text") == "メールの文字コードを調べる");
    BOOST_TEST(result.out()[4].text("text") == "plain");
    BOOST_TEST(read(packets(body(windows))).failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(what_is_named_is_not_guessed)
{
    auto result = read(packets(body("\xe4", {{"charset", "iso-8859-1"}}),
                               body(std::string_view("\xff\xfe\xe4\x00", 4)),
                               body("\xe4", {{"charset", "utf-8"}})),
                       {{"guess", true}});
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(result.out()[0].text("text") == "ä");
    BOOST_TEST(result.out()[1].text("text") == "ä");
    BOOST_TEST(result.failed.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_letter_that_comes_late_tells_the_encoding_too)
{
    std::string text;
    while (text.size() < 150'000)
        text += "Nothing but plain words on this line.\n";
    text += "Gr\xf6\xdf"
            "er, sch\xf6ner, f\xfcr Stra\xdf"
            "en.\n";
    auto result = read(packets(body(text)), {{"guess", true}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text").ends_with("Größer, schöner, für Straßen.\n"));
}

BOOST_AUTO_TEST_CASE(what_looks_like_nothing_known_is_in_the_encoding_of_the_parameter)
{
    const std::string bytes = "\xff\xfd\x80\x81\x90";
    auto result = read(packets(body(bytes)), {{"guess", true}, {"charset", "iso-8859-1"}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].text("text") == "ÿý€\u0081\u0090");
    BOOST_TEST(read(packets(body(bytes)), {{"guess", true}}).failed.size() == 1U);
}
