// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "greet.cpp"

#include <penstock/testing/run.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_CASE(says_the_greeting_to_each_packet)
{
    std::vector<penstock::packet> packets(2);
    packets[0].set("text", "world");
    packets[1].set("text", "you");

    auto result = penstock::testing::run<greet>({{"greeting", "hej"}}, std::move(packets));

    BOOST_TEST_REQUIRE(result.out().size() == 2);
    BOOST_TEST(result.out()[0].text("text") == "hej, world");
    BOOST_TEST(result.out()[1].text("text") == "hej, you");
}
