// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/url.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(urls)

namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(addresses_are_parsed)
{
    const auto parsed = http::parse_url("HTTP://localhost:8080/graphs/search/");
    BOOST_REQUIRE(parsed.has_value());
    BOOST_TEST(parsed->host == "localhost");
    BOOST_TEST(parsed->port == 8080);
    BOOST_TEST(parsed->prefix == "/graphs/search");
    BOOST_TEST(http::parse_url("http://[::1]")->host == "::1");
    BOOST_TEST(http::parse_url("http://a")->port == 80);
    BOOST_TEST(!http::parse_url("http://a")->secure);
    BOOST_TEST(http::parse_url("https://a")->port == 443);
    BOOST_TEST(http::parse_url("HTTPS://a:80/b")->secure);
    for (const auto* const bad :
         {"", "localhost:8080", "ftp://a", "https://", "http://", "http://a:0", "http://a:65536",
          "http://a:b", "http://a/?b", "http://a/#b", "http:///x"})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            BOOST_TEST(!http::parse_url(bad).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(addresses_are_written_as_they_are_parsed)
{
    for (const auto* const each : {"http://a:80", "https://host2:8443/x", "https://[::1]:1"})
    {
        BOOST_TEST(http::to_string(*http::parse_url(each)) == each);
    }
}

BOOST_AUTO_TEST_CASE(a_text_is_one_segment_of_a_path)
{
    BOOST_TEST(http::percent_encoded("a-b_c.d~1/ %\xc3\xa4") == "a-b_c.d~1%2F%20%25%C3%A4");
}

BOOST_AUTO_TEST_SUITE_END()
