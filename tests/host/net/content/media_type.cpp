// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/media_type.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(media_type)

namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(the_essence_is_in_lower_case_without_parameters)
{
    const auto type = http::parse_media_type(" Text/HTML ; Charset=\"UTF-8\"; a=b ");
    BOOST_REQUIRE(type.has_value());
    BOOST_TEST(type->essence == "text/html");
    BOOST_TEST(type->parameter("charset").value() == "UTF-8");
    BOOST_TEST(type->parameter("a").value() == "b");
    BOOST_TEST(!type->parameter("none").has_value());
}

BOOST_AUTO_TEST_CASE(patterns_cover_whole_families)
{
    const auto type = http::parse_media_type("text/html").value();
    BOOST_TEST(type.matches("text/html"));
    BOOST_TEST(type.matches("TEXT/*"));
    BOOST_TEST(type.matches("*/*"));
    BOOST_TEST(!type.matches("text/plain"));
    BOOST_TEST(!type.matches("image/*"));
    BOOST_TEST(!type.matches("text"));
    BOOST_TEST(!type.matches(""));
}

BOOST_AUTO_TEST_CASE(a_suffix_is_part_of_the_subtype)
{
    const auto type = http::parse_media_type("application/problem+json").value();
    BOOST_TEST(type.subtype() == "problem+json");
    BOOST_TEST(!type.matches("application/json"));
}

BOOST_AUTO_TEST_CASE(quoted_values_are_unquoted)
{
    const auto type = http::parse_media_type(R"(a/b; x="a\"b\\c;d=e"; y="C:\dir")").value();
    BOOST_TEST(type.parameter("x").value() == R"(a"b\c;d=e)");
    BOOST_TEST(type.parameter("y").value() == R"(C:\dir)");
}

BOOST_AUTO_TEST_CASE(malformed_types_are_none)
{
    for (const auto* const bad :
         {"", "text", "text/", "/html", "text/html/x", "te xt/html", "text/ht ml", "*/*", "text/*",
          "text/html charset=x", "text/html; charset", "text/html; =x", "text/html; a=\"b",
          "text/html; a=1; A=2", "text/html, text/plain", "text /html", "text/html; a=\"\x01\""})
    {
        BOOST_TEST_CONTEXT(bad)
        {
            BOOST_TEST(!http::parse_media_type(bad).has_value());
        }
    }
}

BOOST_AUTO_TEST_CASE(parameters_are_bounded)
{
    std::string text;
    for (int i = 0; i < 64; ++i)
        text += "; a" + std::to_string(i) + "=1";
    BOOST_TEST(http::parse_parameters(text).has_value());
    BOOST_TEST(!http::parse_parameters(text + "; b=1").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
