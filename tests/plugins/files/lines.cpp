// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "checkpoint.hpp"
#include "reading_test.hpp"

#include <boost/test/unit_test.hpp>

#include <re2/re2.h>

#include <filesystem>
#include <memory>
#include <set>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(reading_lines, reading_test)

BOOST_AUTO_TEST_CASE(gives_each_line_once_with_its_number)
{
    put("a", "one\ntwo\r\n\nfour\n");
    reader from = lines();
    const auto found = rest(from);
    BOOST_TEST(in_order(found) == (strings{"a=one", "a=two", "a=", "a=four"}),
               boost::test_tools::per_element());
    for (std::size_t i = 0; i < found.size(); ++i)
        BOOST_TEST(found[i].line == i + 1);
    acknowledge(from);
    append("a", "five\n");
    BOOST_TEST(new_lines(from) == strings{"five"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(waits_for_the_end_of_a_line)
{
    put("a", "one\ntw");
    reader from = lines();
    BOOST_TEST(new_lines(from) == strings{"one"}, boost::test_tools::per_element());
    append("a", "o");
    BOOST_TEST(new_lines(from).empty());
    append("a", "\nthree\n");
    BOOST_TEST(new_lines(from) == (strings{"two", "three"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(takes_the_last_line_without_an_end_if_nothing_is_followed)
{
    of.follow = false;
    put("a", "one\ntwo");
    {
        reader from = lines();
        BOOST_TEST(new_lines(from) == (strings{"one", "two"}), boost::test_tools::per_element());
        BOOST_TEST(from.is_over());
    }
    append("a", "\nthree\n");
    reader from = lines();
    const auto found = rest(from);
    BOOST_TEST(in_order(found) == strings{"a=three"}, boost::test_tools::per_element());
    BOOST_TEST(found[0].line == 3U);
}

BOOST_AUTO_TEST_CASE(goes_on_behind_what_was_acknowledged)
{
    put("a", "one\ntwo\nthree\n");
    {
        reader from = lines();
        const auto found = rest(from);
        from.acknowledge({found[0].position, found[1].position});
    }
    positions.clear();
    reader from = lines();
    const auto found = rest(from);
    BOOST_TEST(in_order(found) == strings{"a=three"}, boost::test_tools::per_element());
    BOOST_TEST(found[0].line == 3U);
}

BOOST_AUTO_TEST_CASE(gives_a_line_the_same_position_when_it_comes_again)
{
    put("a", "one\ntwo\n");
    reader first = lines();
    const auto before = rest(first);
    append("a", "three\n");
    reader second = lines();
    const auto after = rest(second);
    BOOST_TEST_REQUIRE(before.size() == 2U);
    BOOST_TEST_REQUIRE(after.size() == 3U);
    for (std::size_t i = 0; i < before.size(); ++i)
        BOOST_TEST(before[i].position == after[i].position);
}

BOOST_AUTO_TEST_CASE(takes_no_byte_order_mark_for_text)
{
    put("a", "\xef\xbb\xbfone\n\xef\xbb\xbftwo\n");
    reader from = lines();
    BOOST_TEST(new_lines(from) == (strings{"one", "\xef\xbb\xbftwo"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(decodes_lines_and_names_those_that_are_in_no_such_encoding)
{
    put("a", "gut\ngr\xfc\xdf"
             "e\nend\n");
    {
        reader from = lines();
        const auto found = rest(from);
        BOOST_TEST(in_order(found) == (strings{"a=gut", "a?", "a=end"}),
                   boost::test_tools::per_element());
        BOOST_TEST(found[1].wrong == path("a") + ":2: is no UTF-8; a text in the charset utf-8 was "
                                                 "expected");
        BOOST_TEST(found[1].data == "gr\xfc\xdf"
                                    "e\n");
    }
    of.charset = "iso-8859-1";
    reader from = lines();
    BOOST_TEST(new_lines(from) == (strings{"gut",
                                           "gr\xc3\xbc\xc3\x9f"
                                           "e",
                                           "end"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(refuses_a_line_that_is_too_long_wherever_it_ends_and_goes_on)
{
    for (const std::size_t most : {std::size_t{10}, std::size_t{70'000}, std::size_t{200'000}})
        for (const std::size_t length : {most - 1, most, most + 1, most + 2, most + 3, 300 * most})
        {
            of.line_bytes = most;
            fs::remove(kept);
            put("a", "one\n" + std::string(length, 'x') + "\nthree\n" + std::string(length, 'y'));
            reader from = lines();
            std::vector<finding> found = rest(from);
            const std::string long_line = length > most ? "a?" : "a=" + std::string(length, 'x');
            BOOST_TEST((in_order(found) == strings{"a=one", long_line, "a=three"}),
                       most << ", " << length);
            append("a", "\nlast\n");
            found = rest(from);
            const std::string other = length > most ? "a?" : "a=" + std::string(length, 'y');
            BOOST_TEST((in_order(found) == strings{other, "a=last"}), most << ", " << length);
            BOOST_TEST(found.back().line == 5U);
            if (length > most)
                BOOST_TEST(found[0].wrong == path("a") + ":4: is " + std::to_string(length) +
                                                 " bytes long; at most " + std::to_string(most) +
                                                 " were expected");
            positions.clear();
        }
}

BOOST_AUTO_TEST_CASE(gathers_records_of_several_lines)
{
    of.record_begin = std::make_shared<const re2::RE2>("^[0-9]");
    of.record_wait = 0ms;
    put("a", "  before\n1 one\n  more\n  more\n2 two\n3 three\n  m");
    reader from = lines();
    BOOST_TEST(new_lines(from) ==
                   (strings{"  before", "1 one\n  more\n  more", "2 two", "3 three"}),
               boost::test_tools::per_element()); // the last one after its wait
    append("a", "ore\n4 four\n");
    const auto found = rest(from);
    BOOST_TEST(in_order(found) == (strings{"a=  more", "a=4 four"}),
               boost::test_tools::per_element());
    BOOST_TEST(found[0].line == 7U);
    BOOST_TEST(found[1].line == 8U);
}

BOOST_AUTO_TEST_CASE(waits_for_the_rest_of_a_record)
{
    of.record_begin = std::make_shared<const re2::RE2>("^[0-9]");
    of.record_wait = 1h;
    put("a", "1 one\n  more\n");
    reader from = lines();
    const auto now = std::chrono::steady_clock::now();
    BOOST_TEST(from.read(now).empty());
    BOOST_TEST(from.read(now + 59min).empty());
    append("a", "  still more\n");
    BOOST_TEST(from.read(now + 59min).empty());
    BOOST_TEST(from.read(now + 61min).empty()); // there was news within the hour
    const auto found = from.read(now + 2h);
    BOOST_TEST(in_order(found) == strings{"a=1 one\n  more\n  still more"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(forgets_a_deleted_file_whose_last_record_grew_while_it_waited)
{
    of.record_begin = std::make_shared<const re2::RE2>("^[0-9]");
    of.record_wait = 1h;
    of.line_bytes = 25; // beyond them, a record ends between two lines, and what is left waits not
    of.rescan = 24h;
    const auto now = std::chrono::steady_clock::now();
    for (const bool is_deleted_first : {false, true})
        for (const char* more : {"  grown\n", "  with a long rest"})
        {
            {
                put("a", "1 one\n  more\n");
                reader from = lines();
                const auto read_at = [&](std::chrono::hours time)
                {
                    keep_positions(from.read(now + time));
                    acknowledge(from);
                };
                read_at(0h);
                append("a", more);
                if (!is_deleted_first)
                    read_at(0h);
                fs::remove(path("a"));
                for (int hours = is_deleted_first ? 0 : 2; hours < 100; ++hours)
                    read_at(std::chrono::hours(hours));
            }
            BOOST_TEST(files_package::checkpoint(kept).behind(0, 10).empty(),
                       more << (is_deleted_first ? ", deleted first" : ", read first"));
        }
}

BOOST_AUTO_TEST_CASE(ends_a_record_that_is_too_long_between_two_lines)
{
    of.follow = false;
    of.line_bytes = 20;
    of.record_begin = std::make_shared<const re2::RE2>("^[0-9]");
    put("a", "1 one\n  2nd\n  3rd\n  4th\n" + std::string(200, 'x') + "\n2 two");
    reader from = lines();
    BOOST_TEST(new_lines(from) == (strings{"1 one\n  2nd\n  3rd", "  4th", "?", "2 two"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_many_files_with_few_that_are_open)
{
    of.open_files = 3;
    std::set<std::string> expected;
    for (int i = 0; i < 50; ++i)
    {
        put(std::to_string(i), "first\n");
        expected.insert(std::to_string(i) + "=first");
    }
    reader from = lines();
    const strings first = news(from);
    BOOST_TEST(std::set<std::string>(first.begin(), first.end()) == expected,
               boost::test_tools::per_element());
    BOOST_TEST(first.size() == 50U);
    for (int i = 0; i < 50; ++i)
        append(std::to_string(i), "second\n");
    BOOST_TEST(news(from).size() == 50U);
}

BOOST_AUTO_TEST_CASE(gives_the_last_records_of_many_files_of_which_few_are_open)
{
    of.open_files = 3;
    of.record_begin = std::make_shared<const re2::RE2>("^E");
    for (int i = 0; i < 50; ++i)
        put(std::to_string(i), "E first\n more\nE last\n more\n");
    reader from = lines();
    BOOST_TEST(news(from).size() == 100U);
}

BOOST_AUTO_TEST_CASE(tells_of_a_file_that_cannot_be_read_and_goes_on_with_others)
{
    fs::create_symlink("loop", path("loop"));
    of.links = true;
    put("a", "one\n");
    {
        reader from = lines();
        BOOST_TEST(new_lines(from) == strings{"one"}, boost::test_tools::per_element());
    }
    of.follow = false;
    of.paths.push_back(path("loop"));
    put("b", "two\n");
    reader from = lines();
    BOOST_TEST(new_lines(from) == strings{"two"}, boost::test_tools::per_element());
    BOOST_TEST(from.is_over());
    BOOST_TEST(told.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
