// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/packets/one_line.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(one_line)

BOOST_AUTO_TEST_CASE(line_ends_go_at_the_end_and_are_blanks_elsewhere)
{
    BOOST_TEST(packets::one_line("no\nroute\r\n\n") == "no route");
    BOOST_TEST(packets::one_line("\n") == "");
    BOOST_TEST(packets::one_line("") == "");
}

BOOST_AUTO_TEST_CASE(other_control_characters_are_blanks_and_letters_beyond_ascii_stay)
{
    BOOST_TEST(packets::one_line("a\tb\x1b[1m\x7f é") == "a b [1m  é");
}

BOOST_AUTO_TEST_SUITE_END()
