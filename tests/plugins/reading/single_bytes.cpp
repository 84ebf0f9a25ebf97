// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/reading/single_bytes.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(single_bytes)

BOOST_AUTO_TEST_CASE(a_byte_order_mark_is_characters)
{
    using reading::from_single_bytes;
    BOOST_TEST(from_single_bytes("\xff\xfe"
                                 "a",
                                 "windows-1252") == "\xc3\xbf\xc3\xbe"
                                                    "a");
    BOOST_TEST(from_single_bytes("\xef\xbb\xbf", "windows-1252") == "\xc3\xaf\xc2\xbb\xc2\xbf");
    BOOST_TEST(from_single_bytes("\x81", "cp437") == "\xc3\xbc");
    BOOST_TEST(from_single_bytes("", "cp437").empty());
}

BOOST_AUTO_TEST_CASE(every_byte_is_a_character)
{
    std::string all;
    for (int byte = 0; byte < 256; ++byte)
        all += static_cast<char>(byte);
    for (const char* charset : {"windows-1252", "cp437"})
        BOOST_TEST(reading::from_single_bytes(all, charset).starts_with(all.substr(0, 128)));
}

BOOST_AUTO_TEST_SUITE_END()
