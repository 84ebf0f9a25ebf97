// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/printable.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(printables)

using penstock::host::printable;

BOOST_AUTO_TEST_CASE(leave_text_as_it_is)
{
    BOOST_TEST(printable("plain, größer, 日本, 🙂, \u00a0") ==
               "plain, größer, 日本, 🙂, \u00a0");
    BOOST_TEST(printable("") == "");
}

BOOST_AUTO_TEST_CASE(escape_what_a_terminal_obeys)
{
    BOOST_TEST(printable("a\x1b[2Jb\r\n\t\x7f") == R"(a\x1b[2Jb\x0d\x0a\x09\x7f)");
    BOOST_TEST(printable("a\u009b2Jb\u0080") == R"(a\xc2\x9b2Jb\xc2\x80)");
}

BOOST_AUTO_TEST_CASE(escape_what_is_no_text)
{
    BOOST_TEST(printable("a\x9b"
                         "2J\xff") == R"(a\x9b2J\xff)");
}

BOOST_AUTO_TEST_SUITE_END()
