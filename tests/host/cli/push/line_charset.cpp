// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/line_charset.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(line_charsets)

using namespace std::string_view_literals;
using penstock::host::cli::line_charset;

BOOST_AUTO_TEST_CASE(a_byte_order_mark_tells_the_encoding_whatever_is_named)
{
    struct sample
    {
        std::string_view text;
        std::string_view named;
        std::string_view name;
        std::size_t unit;
        std::size_t mark;
    };
    for (const sample& each :
         {sample{"\xff\xfe{\0"sv, "", "utf-16le", 2, 2},
          sample{"\xfe\xff\0{"sv, "", "utf-16be", 2, 2},
          sample{"\xff\xfe\0\0{\0\0\0"sv, "", "utf-32le", 4, 4},
          sample{"\0\0\xfe\xff\0\0\0{"sv, "", "utf-32be", 4, 4},
          sample{"\xff\xfe{\0"sv, "utf-16be", "utf-16le", 2, 2},
          sample{"\xff\xfe{\0"sv, "UTF-16", "utf-16le", 2, 2},
          sample{"\xff\xfe\0\0"sv, "utf-16", "utf-16le", 2, 2},
          sample{"\xef\xbb\xbf{}"sv, "", "utf-8", 1, 3},
          sample{"\xef\xbb\xbf{}"sv, "utf-16le", "utf-8", 1, 3},
          sample{"\0{"sv, "utf-16", "utf-16be", 2, 0},
          sample{"{\0"sv, "utf-16le", "utf-16le", 2, 0},
          sample{"\0\0\0{"sv, "utf-32", "utf-32be", 4, 0}, sample{"{}"sv, "", "", 1, 0},
          sample{"{}"sv, "iso-8859-1", "", 1, 0}, sample{""sv, "utf-8", "", 1, 0}})
    {
        const auto found = line_charset::of(each.text, each.named, true);
        BOOST_REQUIRE(found.has_value());
        BOOST_TEST(found->name() == each.name);
        BOOST_TEST(found->unit() == each.unit);
        BOOST_TEST(found->mark() == each.mark);
    }
}

BOOST_AUTO_TEST_CASE(nothing_is_told_of_a_mark_that_is_not_whole)
{
    for (const std::string_view each :
         {"\xff"sv, "\xff\xfe"sv, "\xff\xfe\0"sv, "\xfe"sv, "\0"sv, "\0\0\xfe"sv, "\xef\xbb"sv})
        BOOST_TEST(!line_charset::of(each, "", false).has_value());
    BOOST_TEST(line_charset::of("{", "", false).has_value());
    BOOST_TEST(line_charset::of("\xff\xfe", "", true)->name() == "utf-16le");
}

BOOST_AUTO_TEST_CASE(a_line_ends_at_a_character_and_not_at_a_byte_of_one)
{
    // U+0A0A and U+010A have the byte of a line feed.
    const auto small = *line_charset::of("", "utf-16le", true);
    BOOST_TEST(small.find_end("\x0a\x0a\x0a\x01\n\0"sv, 0) == 4U);
    BOOST_TEST(small.find_end("\x0a\x0a\x0a\x01"sv, 0) == std::string_view::npos);
    BOOST_TEST(small.find_end("x\0\n"sv, 0) == std::string_view::npos); // half of it
    const auto big = *line_charset::of("", "utf-16be", true);
    BOOST_TEST(big.find_end("\x0a\x0a\x01\x0a\0\n"sv, 0) == 4U);
    const auto wide = *line_charset::of("", "utf-32le", true);
    BOOST_TEST(wide.find_end("\x0a\x0a\0\0\n\0\0\0"sv, 0) == 4U);
    BOOST_TEST(line_charset::of("", "gb18030", true)->find_end("a\nb"sv, 0) == 1U);
}

BOOST_AUTO_TEST_CASE(a_line_of_spaces_is_blank)
{
    const auto big = *line_charset::of("", "utf-16be", true);
    BOOST_TEST(big.is_blank("\0 \0\t\0\r"sv));
    BOOST_TEST(big.is_blank(""));
    BOOST_TEST(!big.is_blank("\0 \x20\0"sv)); // a dagger
    BOOST_TEST((big.encode('\n') == "\0\n"sv));
}

BOOST_AUTO_TEST_SUITE_END()
