// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/message.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(message)

namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(header_names_have_no_case)
{
    http::header_list headers;
    headers.add("Content-Type", "a/b");
    headers.add("X", "1");
    headers.add("x", "2");
    BOOST_TEST(headers.value("content-TYPE") == "a/b");
    BOOST_TEST(headers.value("X") == "1");
    BOOST_TEST(!headers.find("Y").has_value());
    headers.set("X", headers.value("content-type"));
    BOOST_TEST(headers.value("x") == "a/b");
    BOOST_TEST(headers.size() == 2U);
    BOOST_TEST(headers.lines() == "Content-Type: a/b\r\nX: a/b\r\n");
    headers.erase("CONTENT-TYPE");
    BOOST_TEST(headers.size() == 1U);
    BOOST_TEST(headers.lines() == "X: a/b\r\n");
    headers.erase((*headers.begin()).name);
    BOOST_TEST(headers.empty());
}

BOOST_AUTO_TEST_CASE(a_problem_is_json_with_its_place)
{
    const auto answer = http::response::problem(400, {}, "a \"quote\"\nand a line", "/body");
    BOOST_TEST(answer.status == 400U);
    BOOST_TEST(answer.headers.value("content-type") == "application/problem+json");
    BOOST_TEST(answer.body == R"({"type":"about:blank","title":"Bad Request","status":400,)"
                              R"("detail":"a \"quote\"\nand a line","where":"/body"})");
}

BOOST_AUTO_TEST_CASE(a_problem_without_a_place_says_nothing_of_it)
{
    const auto answer = http::response::problem(503, "draining", "later");
    BOOST_TEST(answer.body ==
               R"({"type":"about:blank","title":"draining","status":503,"detail":"later"})");
}

BOOST_AUTO_TEST_SUITE_END()
