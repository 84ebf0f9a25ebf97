// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "glob.hpp"
#include "path_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <boost/test/unit_test.hpp>

#include <random>
#include <set>
#include <stdexcept>
#include <string>

using namespace files_package;

BOOST_AUTO_TEST_SUITE(file_names)

BOOST_AUTO_TEST_CASE(that_are_utf_8_stay_as_they_are)
{
    for (const std::string name : {"a.txt", "gr\xc3\xbc\xc3\x9f", "100%.txt", "a\\xff", "a b\nc"})
    {
        BOOST_TEST(text_of_path(name) == name);
        BOOST_TEST(path_of_text(name) == name);
    }
}

BOOST_AUTO_TEST_CASE(that_are_not_utf_8_tell_each_such_byte)
{
    BOOST_TEST(text_of_path("caf\xe9.txt") == "caf\xef\xbf\xbd"
                                              "e9.txt");
    BOOST_TEST(text_of_path("\xc3") == "\xef\xbf\xbd"
                                       "c3");
}

BOOST_AUTO_TEST_CASE(have_each_a_text_of_their_own_and_are_found_again_by_it)
{
    std::mt19937 random(1);
    const std::string alphabet = "\xef\xbf\xbd\xc3\xa9"
                                 "e9a/";
    std::set<std::string> names;
    std::set<std::string> texts;
    for (int i = 0; i < 20'000; ++i)
    {
        std::string name;
        for (std::size_t n = random() % 7; n > 0; --n)
            name += alphabet[random() % alphabet.size()];
        names.insert(name);
        const std::string text = text_of_path(name);
        texts.insert(text);
        BOOST_TEST_REQUIRE(penstock::detail::is_utf8(text));
        BOOST_TEST_REQUIRE(path_of_text(text) == name);
    }
    BOOST_TEST(names.size() == texts.size());
}

BOOST_AUTO_TEST_CASE(have_folders)
{
    BOOST_TEST(folder_of("a/b/c") == "a/b");
    BOOST_TEST(folder_of("a") == ".");
    BOOST_TEST(folder_of("/a") == "/");
    BOOST_TEST(name_of("a/b") == "b");
    BOOST_TEST(name_of("b") == "b");
    BOOST_TEST(path_in(".", "a") == "a");
    BOOST_TEST(path_in("/", "a") == "/a");
    BOOST_TEST(path_in("a", "b") == "a/b");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(patterns_of_files)

BOOST_AUTO_TEST_CASE(without_a_slash_are_of_the_name)
{
    BOOST_TEST(glob("*.txt").matches("a.txt"));
    BOOST_TEST(glob("*.txt").matches("b/c/a.txt"));
    BOOST_TEST(!glob("*.txt").matches("a.txt/b"));
    BOOST_TEST(glob("*").matches(".hidden"));
}

BOOST_AUTO_TEST_CASE(with_a_slash_are_of_the_path)
{
    BOOST_TEST(glob("a/*.txt").matches("a/b.txt"));
    BOOST_TEST(!glob("a/*.txt").matches("a/b/c.txt"));
    BOOST_TEST(!glob("a/*.txt").matches("b/a/c.txt"));
    BOOST_TEST(glob("/*.txt/").matches("b.txt"));
    BOOST_TEST(glob("a/**").matches("a/b/c"));
    BOOST_TEST(!glob("a/**").matches("a"));
}

BOOST_AUTO_TEST_CASE(may_span_folders)
{
    for (const std::string path : {"c.txt", "a/c.txt", "a/b/c.txt"})
        BOOST_TEST(glob("**/c.txt").matches(path), path);
    BOOST_TEST(!glob("**/c.txt").matches("a/xc.txt"));
    BOOST_TEST(glob("a/**/b").matches("a/b"));
    BOOST_TEST(glob("a/**/b").matches("a/x/y/b"));
    BOOST_TEST(!glob("a/**/b").matches("a/xb"));
}

BOOST_AUTO_TEST_CASE(have_sets_and_single_characters)
{
    BOOST_TEST(glob("[a-c]?").matches("b1"));
    BOOST_TEST(!glob("[a-c]?").matches("d1"));
    BOOST_TEST(glob("[!a-c]").matches("d"));
    BOOST_TEST(glob("[]]").matches("]"));
    BOOST_TEST(glob("?").matches("\xc3\xa9"));
    BOOST_TEST(!glob("?").matches("ab"));
    BOOST_TEST(glob("[!a]").matches("\xc3\xa9"));
    BOOST_TEST(glob("\\*").matches("*"));
    BOOST_TEST(!glob("\\*").matches("a"));
    BOOST_TEST(!glob("a?b/c").matches("a/b/c"));
}

BOOST_AUTO_TEST_CASE(that_are_none_are_refused)
{
    for (const std::string pattern : {"", "/", "[a", "["})
        BOOST_CHECK_THROW(glob{pattern}, std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(take_no_long_time)
{
    std::string pattern;
    for (int i = 0; i < 200; ++i)
        pattern += "*a**/";
    BOOST_TEST(!glob(pattern + "b").matches(std::string(2'000, 'a')));
}

BOOST_AUTO_TEST_SUITE_END()
