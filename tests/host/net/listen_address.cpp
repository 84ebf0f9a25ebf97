// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/listen_address.hpp"

#include <boost/test/unit_test.hpp>

namespace http = penstock::host::http;

BOOST_AUTO_TEST_SUITE(listen_address)

BOOST_AUTO_TEST_CASE(addresses_are_parsed)
{
    BOOST_TEST(http::parse_listen_address("127.0.0.1:8080")->port == 8080);
    BOOST_TEST(http::parse_listen_address("[::1]:0")->address == "::1");
    BOOST_TEST(http::parse_listen_address("localhost:1")->address == "127.0.0.1");
    for (const auto* const bad : {"", "8080", "127.0.0.1", "127.0.0.1:", "127.0.0.1:65536",
                                  "127.0.0.1:x", "example.org:80", "::1:80", ":80"})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            BOOST_TEST(!http::parse_listen_address(bad).has_value());
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
