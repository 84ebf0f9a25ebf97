// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/packets/clipped.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(clipped)

BOOST_AUTO_TEST_CASE(a_text_is_cut_between_two_characters)
{
    BOOST_TEST(packets::clipped("aé€", 6) == "aé€");
    BOOST_TEST(packets::clipped("aé€", 5) == "aé");
    BOOST_TEST(packets::clipped("aé€", 3) == "aé");
    BOOST_TEST(packets::clipped("aé€", 2) == "a");
    BOOST_TEST(packets::clipped("aé€", 0) == "");
    BOOST_TEST(packets::clipped("\x80\x80\x80", 2) == "");
}

BOOST_AUTO_TEST_SUITE_END()
