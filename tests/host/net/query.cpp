// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/query.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(query)

namespace http = penstock::host::http;
using segments = std::vector<std::string>;

BOOST_AUTO_TEST_CASE(a_path_splits_before_it_is_decoded)
{
    const auto path = http::decode_path("/data/a%2Fb/%c3%b6?x=/y");
    BOOST_REQUIRE(path.has_value());
    BOOST_TEST(*path == (segments{"data", "a/b", "\xc3\xb6"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_root_has_no_segments_and_a_last_slash_is_one)
{
    BOOST_TEST(http::decode_path("/")->empty());
    BOOST_TEST(*http::decode_path("/data/") == (segments{"data", ""}),
               boost::test_tools::per_element());
    BOOST_TEST(*http::decode_path("/.x/..y/z.") == (segments{".x", "..y", "z."}),
               boost::test_tools::per_element());
    BOOST_TEST(*http::decode_path("//x") == (segments{"", "x"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_plus_is_a_space_only_in_the_query)
{
    BOOST_TEST(http::decode_path("/a+b")->front() == "a+b");
    BOOST_TEST(http::decode_query("/?q=a+b%2Bc")->front().value == "a b+c");
}

BOOST_AUTO_TEST_CASE(parameters_keep_their_order_and_may_be_empty)
{
    const auto query = http::decode_query("/?a=1&&b&a=2=3&=4");
    BOOST_REQUIRE(query.has_value());
    BOOST_REQUIRE(query->size() == 4U);
    BOOST_TEST((*query)[1].name == "b");
    BOOST_TEST((*query)[1].value == "");
    BOOST_TEST((*query)[2].value == "2=3");
    BOOST_TEST((*query)[3].name == "");
}

BOOST_AUTO_TEST_CASE(what_is_not_text_is_refused)
{
    for (const auto* const bad : {"/%", "/%4", "/%4x", "/%00", "/%ff", "/%c0%af", "/%ed%a0%80",
                                  "/%f4%90%80%80", "/.", "/..", "/a/%2e%2E", "/a/./b", "data"})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            BOOST_TEST(http::decode_path(bad).has_error());
        }
    }
    BOOST_TEST(http::decode_query("/?a=%0").has_error());
    BOOST_TEST(http::decode_query("/?%fe=1").has_error());
}

BOOST_AUTO_TEST_SUITE_END()
