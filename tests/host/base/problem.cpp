// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/problem.hpp"

#include <boost/test/unit_test.hpp>

#include <boost/system/result.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(problem_text)

BOOST_AUTO_TEST_CASE(shows_file_pointer_message_and_expectation)
{
    BOOST_TEST(to_string(problem("a.json", "/nodes/x", "is a list", "an object was expected")) ==
               "a.json:/nodes/x: is a list; an object was expected");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_is_empty)
{
    BOOST_TEST(to_string(problem("a.so", "", "is cut off", "")) == "a.so: is cut off");
    BOOST_TEST(to_string(problem("", "/name", "is missing", "")) == "/name: is missing");
    BOOST_TEST(to_string(problem("", "", "is empty", "x was expected")) ==
               "is empty; x was expected");
}

BOOST_AUTO_TEST_CASE(lets_results_hold_other_values)
{
    const auto one = []() -> boost::system::result<int, problem> { return 1; };
    BOOST_TEST(*one() == 1);
}

BOOST_AUTO_TEST_CASE(quotes_keep_text_on_one_printable_line)
{
    BOOST_TEST(quote("plain") == "\"plain\"");
    BOOST_TEST(quote("a\nb\x1b[0m\x7f") == "\"a\\x0ab\\x1b[0m\\x7f\"");
    BOOST_TEST(quote("say \"\\\"") == "\"say \\\"\\\\\\\"\"");
    BOOST_TEST(quote("Zürich 漢 🎈") == "\"Zürich 漢 🎈\"");
}

BOOST_AUTO_TEST_CASE(quotes_show_bytes_that_are_no_utf8)
{
    BOOST_TEST(quote("\xff\xc3") == "\"\\xff\\xc3\"");
    BOOST_TEST(quote("\xc0\x80") == "\"\\xc0\\x80\"");                   // overlong
    BOOST_TEST(quote("\xed\xa0\x80") == "\"\\xed\\xa0\\x80\"");          // a surrogate
    BOOST_TEST(quote("\xf5\x80\x80\x80") == "\"\\xf5\\x80\\x80\\x80\""); // beyond Unicode
}

BOOST_AUTO_TEST_CASE(quotes_cut_what_is_very_long)
{
    const std::string cut = quote(std::string(10'000, 'x'));
    BOOST_TEST(cut.size() < 250u);
    BOOST_TEST(cut.ends_with("x…\""));
}

// Found by a fuzzer: a key of a configuration file made two lines of one problem.
BOOST_AUTO_TEST_CASE(a_problem_is_one_line_whatever_it_names)
{
    BOOST_TEST(to_string(problem("a\n", "/l\nes", "is\r", "\x7f")) ==
               R"(a\x0a:/l\x0aes: is\x0d; \x7f)");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
