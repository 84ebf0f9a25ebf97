// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/reading/ascii.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(ascii)

BOOST_AUTO_TEST_CASE(letters_of_ascii_are_made_lower_and_nothing_else)
{
    BOOST_TEST(reading::lower("Text/HTML; Ä@[`{Z") == "text/html; Ä@[`{z");
    BOOST_TEST(reading::lower("") == "");
}

BOOST_AUTO_TEST_CASE(white_space_goes_at_both_ends_and_stays_between)
{
    BOOST_TEST(reading::trimmed(" \t\r\na b\n ") == "a b");
    BOOST_TEST(reading::trimmed("a") == "a");
    BOOST_TEST(reading::trimmed(" \t\r\n") == "");
    BOOST_TEST(reading::trimmed("") == "");
}

BOOST_AUTO_TEST_SUITE_END()
