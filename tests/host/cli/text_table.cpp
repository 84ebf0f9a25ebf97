// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/text_table.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(text_tables)

using namespace penstock::host::cli;

BOOST_AUTO_TEST_CASE(columns_are_aligned_and_numbers_go_to_the_right)
{
    BOOST_TEST(text_table({{"node", "packets", "note"}, {"read", "1,000", "a"}, {"x", "7", ""}}) ==
               "node  packets  note\n"
               "read    1,000  a\n"
               "x           7\n");
}

BOOST_AUTO_TEST_CASE(what_a_terminal_obeys_is_escaped)
{
    BOOST_TEST(text_table({{"a\u009b2J", "b\x1b[2J\n"}}) == "a\\xc2\\x9b2J  b\\x1b[2J\\x0a\n");
}

BOOST_AUTO_TEST_SUITE_END()
