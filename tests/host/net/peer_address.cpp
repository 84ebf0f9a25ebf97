// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/peer_address.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(peer_addresses)

namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(a_peer_is_a_number_and_an_address)
{
    const auto peer = http::parse_peer_address("4095=https://host2:8080/under");
    BOOST_REQUIRE(peer.has_value());
    BOOST_TEST(peer->number == 4'095U);
    BOOST_TEST(peer->at.host == "host2");
    BOOST_TEST(peer->at.port == 8080);
    BOOST_TEST(peer->at.prefix == "/under");
    BOOST_TEST(peer->at.secure);
}

BOOST_AUTO_TEST_CASE(what_lacks_either_is_no_peer)
{
    for (const auto* const bad : {"", "=", "2", "2=", "=https://a", "0=https://a", "4096=https://a",
                                  "-1=https://a", "2=a:80", "two=https://a", "2 =https://a"})
        BOOST_TEST(!http::parse_peer_address(bad).has_value(), bad);
}

BOOST_AUTO_TEST_SUITE_END()
