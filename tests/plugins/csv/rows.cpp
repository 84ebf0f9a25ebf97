// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "rows.hpp"
#include "csv_bodies.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>

using namespace csv_bodies;

// What the rows of a text are, and their values.

BOOST_AUTO_TEST_CASE(a_line_is_a_row_and_a_delimiter_is_between_values)
{
    BOOST_TEST(rows_of("a,b\nc,,\n,\n") ==
                   (strings{R"(["a","b"])", R"(["c","",""])", R"(["",""])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_ends_with_any_of_three_ends_or_with_the_text)
{
    for (const std::string_view text : {"a,b\nc,d", "a,b\r\nc,d\r\n", "a,b\rc,d\r", "a,b\n\rc,d"})
        BOOST_TEST(rows_of(text) == (strings{R"(["a","b"])", R"(["c","d"])"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_value_in_quotes_may_have_delimiters_line_ends_and_doubled_quotes)
{
    BOOST_TEST(rows_of("\"a,b\",\"c\nd\",\"e\r\nf\"\r\n\"g\"\"h\",\"\",\"\"\"\"\n") ==
                   (strings{R"(["a,b","c\nd","e\r\nf"])", R"(["g\"h","","\""])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(space_belongs_to_a_value)
{
    BOOST_TEST(rows_of(" a ,\tb\n") == (strings{R"([" a ","\tb"])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_long_value_ends_where_a_short_one_does)
{
    for (const std::size_t size : {4095, 4096, 4097, 8191, 8192, 8193, 20'000})
    {
        const std::string value(size, 'x');
        for (const std::string end : {"\n", "\r", "\r\n"})
            BOOST_TEST(rows_of(value + "," + value + end + "b") ==
                           (strings{R"([")" + value + R"(",")" + value + R"("])", R"(["b"])"}),
                       boost::test_tools::per_element());
        BOOST_TEST(rows_of(value + ";" + value + "\"\n", {{"delimiter", ";"}, {"quote", ""}}) ==
                       (strings{R"([")" + value + R"(",")" + value + R"(\""])"}),
                   boost::test_tools::per_element());
        const strings broken = rows_of(value + "\"\n" + value + "\nb\n");
        BOOST_TEST_REQUIRE(broken.size() == 3U);
        BOOST_TEST(broken[0] == R"([")" + value + R"("])");
        BOOST_TEST(broken[2].starts_with("row 1, line 1: column 1: a quote in a value"));
    }
}

BOOST_AUTO_TEST_CASE(empty_lines_are_no_rows)
{
    BOOST_TEST(rows_of("\n\r\na\n\n\nb\r\n\r\n") == (strings{R"(["a"])", R"(["b"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("\"\"\n") == (strings{R"([""])"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(delimiter_and_quote_are_what_the_graph_says)
{
    BOOST_TEST(rows_of("a;'b;c''d';\"\n", {{"delimiter", ";"}, {"quote", "'"}}) ==
                   (strings{R"(["a","b;c'd","\""])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("\"a\",\"b\n", {{"quote", ""}}) == (strings{R"(["\"a\"","\"b"])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_that_begins_as_a_comment_is_no_row)
{
    BOOST_TEST(rows_of("#x\na#,\"#\"\n#\"\n\"#\"\n#", {{"comment", "#"}}) ==
                   (strings{R"(["a#","#"])", R"(["#"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("#x\n") == (strings{R"(["#x"])"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_passed_over_and_a_nul_is_a_character)
{
    BOOST_TEST(rows_of("\xef\xbb\xbf\"a\",b\0c\n"s) == (strings{"[\"a\",\"b\\u0000c\"]"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_quote_in_a_plain_value_is_wrong_and_the_next_line_is_a_row_again)
{
    BOOST_TEST(rows_of("a,5\" pipe\nb,c\n") ==
                   (strings{R"(["b","c"])",
                            "row 1, line 1: column 2: a quote in a value that does not begin with "
                            "one; a value in quotes, with those in it doubled, was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(text_behind_a_closing_quote_is_wrong)
{
    BOOST_TEST(rows_of("\"a\"b,c\nd\n") ==
                   (strings{R"(["d"])", "row 1, line 1: column 1: a character behind the closing "
                                        "quote; a delimiter or the end of the line was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_quote_that_is_not_closed_costs_its_line_alone)
{
    BOOST_TEST(rows_of("a,\"b\nc,d\ne,f") ==
                   (strings{R"(["c","d"])", R"(["e","f"])",
                            "row 1, line 1: column 2: the quotes are not closed; a closing one was "
                            "expected"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("a,\"b\nc,\"d\"\ne,f").front() == R"(["c","d"])");
}

BOOST_AUTO_TEST_CASE(quotes_may_be_lazy)
{
    const json::object lazy{{"lazy_quotes", true}};
    BOOST_TEST(rows_of("a,5\" pipe\n", lazy) == (strings{R"(["a","5\" pipe"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("x,\"a\"b\"c\",y\n", lazy) == (strings{R"(["x","ab\"c\"","y"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("\"a\"\"b\" c,d\n", lazy) == (strings{R"(["a\"b c","d"])"}),
               boost::test_tools::per_element());
    BOOST_TEST(rows_of("a,\"b\nc,d", lazy) == (strings{R"(["a","b\nc,d"])"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_have_the_lines_that_they_begin_in)
{
    const std::string text = "\n#c\na\n\"b\r\n\rc\"\nd\r\n\ne\"\nf";
    csv_package::rows rest(text, {.comment = '#'}, {});
    csv_package::row row;
    std::vector<std::size_t> lines;
    for (; !rest.ended(); lines.push_back(row.line))
        rest.next(row);
    BOOST_TEST(lines == (std::vector<std::size_t>{3, 4, 7, 9, 10}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_value_or_a_row_beyond_its_bound_is_wrong_and_its_end_is_found)
{
    BOOST_TEST(
        rows_of("abc,d\nab,c\n", {{"value", 2}}) ==
            (strings{R"(["ab","c"])", "row 1, line 1: column 1: 3 bytes; at most 2 were expected"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        rows_of("\"a\n\"\"b\n\",d\nab,c\n", {{"value", 4}}) ==
            (strings{R"(["ab","c"])", "row 1, line 1: column 1: 5 bytes; at most 4 were expected"}),
        boost::test_tools::per_element());
    BOOST_TEST(rows_of("a,b,c\nd,e\n", {{"values", 2}}) ==
                   (strings{R"(["d","e"])", "row 1, line 1: has more columns than it may; at most "
                                            "2 were expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_time_for_wrong_rows_grows_with_the_text_alone)
{
    // Each may look like the begin of a value that never ends.
    for (const std::string_view line : {"\"\n", "\"x\n", "a,\"\"\"b\n", "\"\"x\n", "\"\"\"\"\n",
                                        "\"a\"\"\n", "x\"\"\n", "\"\",\"\n"})
        for (const bool is_lazy : {false, true})
        {
            std::string text = "\"";
            while (text.size() < 4'000'000)
                text += line;
            const auto begin = std::chrono::steady_clock::now();
            csv_package::rows rest(text, {.lazy_quotes = is_lazy}, {});
            csv_package::row row;
            std::size_t bytes = 0;
            for (; !rest.ended(); bytes += row.text.size())
                rest.next(row);
            BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(2)), line);
            BOOST_TEST(bytes == text.size());
        }
}
