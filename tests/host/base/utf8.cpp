// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/utf8.hpp"

#include <boost/test/unit_test.hpp>

using namespace penstock;

BOOST_AUTO_TEST_SUITE(utf8)

BOOST_AUTO_TEST_CASE(is_told_from_other_bytes)
{
    for (const auto* const good : {"", "a", "\xc3\xb6", "\xe2\x82\xac", "\xf0\x9f\x98\x80",
                                   "\xed\x9f\xbf", "\xee\x80\x80", "\xf4\x8f\xbf\xbf"})
    {
        BOOST_TEST(host::is_utf8(good));
    }
    for (const auto* const bad : {"\x80", "\xc3", "\xc0\x80", "\xe0\x80\x80", "\xed\xa0\x80",
                                  "\xf0\x80\x80\x80", "\xf4\x90\x80\x80", "\xf8", "a\xe2\x82"})
    {
        BOOST_TEST(!host::is_utf8(bad));
    }
}

BOOST_AUTO_TEST_CASE(is_made_of_what_is_not)
{
    BOOST_TEST(host::repair_utf8("k\xc3\xb6") == "k\xc3\xb6");
    BOOST_TEST(host::repair_utf8("a\xff\xc3z") == "a\xef\xbf\xbd\xef\xbf\xbdz");
}

BOOST_AUTO_TEST_CASE(is_shortened_between_two_characters)
{
    BOOST_TEST(host::shorten_utf8("abc", 3) == "abc");
    BOOST_TEST(host::shorten_utf8("abcd", 3) == "abc … (cut; it had 4 bytes)");
    BOOST_TEST(host::shorten_utf8("ab\xe2\x82\xac", 4) == "ab … (cut; it had 5 bytes)");
    BOOST_TEST(host::shorten_utf8("\xc3\xb6\xc3\xb6", 2) == "\xc3\xb6 … (cut; it had 4 bytes)");
}

BOOST_AUTO_TEST_SUITE_END()
