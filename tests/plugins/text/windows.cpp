// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "windows.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

using text_package::unit;

BOOST_AUTO_TEST_SUITE(windows)

namespace
{

using strings = std::vector<std::string>;

std::vector<text_package::window> windows_of(std::string_view text, std::size_t size,
                                             std::size_t overlap, unit measure)
{
    text_package::windows rest(text, {.size = size, .overlap = overlap, .measure = measure});
    std::vector<text_package::window> found;
    while (const auto next = rest.next())
        found.push_back(*next);
    return found;
}

strings words(std::string_view text, std::size_t size, std::size_t overlap = 0)
{
    strings texts;
    for (const auto& each : windows_of(text, size, overlap, unit::words))
        texts.emplace_back(each.text);
    return texts;
}

strings characters(std::string_view text, std::size_t size, std::size_t overlap = 0)
{
    strings texts;
    for (const auto& each : windows_of(text, size, overlap, unit::characters))
        texts.emplace_back(each.text);
    return texts;
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string whole;
    for (std::size_t n = 0; n < times; ++n)
        whole += text;
    return whole;
}

constexpr auto each = boost::test_tools::per_element();

} // namespace

BOOST_AUTO_TEST_CASE(words_are_counted)
{
    BOOST_TEST(words("one two three four five", 2) == (strings{"one two", "three four", "five"}),
               each);
    BOOST_TEST(words("one two", 2) == strings{"one two"}, each);
    BOOST_TEST(words("  one\n", 5) == strings{"one"}, each);
}

BOOST_AUTO_TEST_CASE(a_window_begins_with_the_last_words_of_the_one_before)
{
    BOOST_TEST(words("a b c d e f g", 3, 1) == (strings{"a b c", "c d e", "e f g"}), each);
    BOOST_TEST(words("a b c d", 3, 2) == (strings{"a b c", "b c d"}), each);
}

BOOST_AUTO_TEST_CASE(a_window_ends_with_the_last_paragraph_in_it)
{
    BOOST_TEST(words("a b. c d.\n\ne f. g h i", 6) == (strings{"a b. c d.", "e f. g h i"}), each);
    BOOST_TEST(words("a b\r\n \r\nc d e f", 5) == (strings{"a b", "c d e f"}), each);
    BOOST_TEST(words("a b\xe2\x80\xa9"
                     "c d e f",
                     5) == (strings{"a b", "c d e f"}),
               each);
}

BOOST_AUTO_TEST_CASE(without_a_paragraph_it_ends_with_the_last_sentence)
{
    BOOST_TEST(words("A b c. D e! F g h i j k", 7) == (strings{"A b c. D e!", "F g h i j k"}),
               each);
    BOOST_TEST(words("\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82\xe5\x86\x8d\xe8\xa7\x81", 1) ==
                   (strings{"\xe4\xbd\xa0\xe5\xa5\xbd\xe3\x80\x82", "\xe5\x86\x8d\xe8\xa7\x81"}),
               each);
}

BOOST_AUTO_TEST_CASE(a_line_that_ends_within_a_paragraph_ends_no_sentence)
{
    BOOST_TEST(words("A b c.\nd e\nf g h", 6) == (strings{"A b c.", "d e\nf g h"}), each);
    BOOST_TEST(words("a\nb c d", 3) == (strings{"a\nb c", "d"}), each);
    BOOST_TEST(words("He said \"no.\"\nthen he left", 5) ==
                   (strings{"He said \"no.\"", "then he left"}),
               each);
}

BOOST_AUTO_TEST_CASE(a_cut_that_leaves_nothing_but_the_overlap_is_not_taken)
{
    BOOST_TEST(words("a b.\n\nc d e f g", 4, 2) == (strings{"a b.\n\nc d", "c d e f", "e f g"}),
               each);
}

BOOST_AUTO_TEST_CASE(what_opens_something_stays_with_it)
{
    BOOST_TEST(words("a b (c d) e", 2) == (strings{"a b", "(c d)", "e"}), each);
}

BOOST_AUTO_TEST_CASE(characters_are_counted_and_lines_broken_between_words)
{
    BOOST_TEST(characters("aaa bbb ccc", 8) == (strings{"aaa bbb", "ccc"}), each);
    BOOST_TEST(characters("abcdefgh", 3) == (strings{"abc", "def", "gh"}), each);
    BOOST_TEST(characters("abcdefgh", 4, 2) == (strings{"abcd", "cdef", "efgh"}), each);
    BOOST_TEST(characters("\xc3\xa4\xc3\xb6\xc3\xbc\xc3\x9f", 2) ==
                   (strings{"\xc3\xa4\xc3\xb6", "\xc3\xbc\xc3\x9f"}),
               each);
}

BOOST_AUTO_TEST_CASE(no_grapheme_is_cut)
{
    const std::string accent = "e\xcc\x81"; // two code points
    BOOST_TEST(characters(repeated(accent, 3), 3) == (strings{accent, accent, accent}), each);
    const std::string family = "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d"
                               "\xf0\x9f\x91\xa7"; // five code points
    BOOST_TEST(characters(repeated(family, 2), 3) == (strings{family, family}), each);
    BOOST_TEST(characters("ab" + accent + "c", 4, 2) == (strings{"ab" + accent, accent + "c"}),
               each);
    const std::string flag = "\xf0\x9f\x87\xa9\xf0\x9f\x87\xaa";
    BOOST_TEST(characters(repeated(flag, 3), 3, 1) == (strings{flag, flag, flag}), each);
}

BOOST_AUTO_TEST_CASE(each_window_tells_the_character_it_begins_with)
{
    const auto found = windows_of(" \xc3\xa4\xc3\xb6 b c", 2, 1, unit::words);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].offset == 1U);
    BOOST_TEST(found[1].offset == 4U);
    BOOST_TEST(found[1].text == "b c");
}

BOOST_AUTO_TEST_CASE(white_space_alone_is_no_window)
{
    BOOST_TEST(words("", 3).empty());
    BOOST_TEST(words(" \n\xc2\xa0\t", 3).empty());
    BOOST_TEST(characters("a" + std::string(10, ' '), 3) == strings{"a"}, each);
    BOOST_TEST(characters("a" + std::string(10, ' ') + "b", 3, 2) == (strings{"a", "b"}), each);
}

BOOST_AUTO_TEST_CASE(a_text_without_words_is_one_window)
{
    BOOST_TEST(words("--- *** ---", 1) == strings{"--- *** ---"}, each);
}

BOOST_AUTO_TEST_CASE(all_words_are_in_order_in_the_windows)
{
    const std::string text = repeated(
        "It is a truth, universally acknowledged.\nThat a man (of 3.5) \"must\" be!\n\n", 50);
    for (const std::size_t size : {1, 2, 3, 7, 30, 1000})
    {
        std::size_t end = 0;
        for (const auto& found : windows_of(text, size, 0, unit::words))
        {
            const auto begin = static_cast<std::size_t>(found.text.data() - text.data());
            BOOST_TEST(text.find_first_not_of(" \n", end) == begin);
            BOOST_TEST(found.offset == begin);
            end = begin + found.text.size();
        }
        BOOST_TEST(text.find_first_not_of(" \n", end) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(texts_that_are_all_of_a_kind_take_time_in_proportion)
{
    using clock = std::chrono::steady_clock;
    for (const std::string_view part :
         {"\n", " ", "a", "a ", ".", "\"", "a. ", "A.\n", "\n\n", "e\xcc\x81", "\xcc\x81",
          "\xf0\x9f\x87\xa9", "\xe4\xbd\xa0", "\xe0\xb8\x81", "\xe2\x80\x8d", "(", "1,", "\r"})
        for (const unit measure : {unit::words, unit::characters})
        {
            const std::string text =
                "x" + repeated(part, (std::size_t{1} << 20) / part.size()) + "x";
            const auto begin = clock::now();
            const std::size_t count = windows_of(text, 1000, 100, measure).size();
            BOOST_TEST(count > 0U);
            BOOST_TEST((clock::now() - begin < std::chrono::seconds(8)),
                       "\"" << part << "\" takes too long");
            BOOST_TEST_MESSAGE("\"" << part << "\" "
                                    << std::chrono::duration<double>(clock::now() - begin).count());
        }
}

BOOST_AUTO_TEST_SUITE_END()
