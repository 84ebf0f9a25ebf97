// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/router.hpp"

#include "test_host.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(router)

using namespace penstock::host::http::testing;
namespace api = penstock::host::api;
namespace http = penstock::host::http;

namespace
{

api::operation operation(const char* method, const char* path, const char* says)
{
    return {.method = method,
            .path = path,
            .needs = api::access::open(),
            .act = api::at_once(
                [says](const http::request&, const api::path_arguments& arguments)
                { return http::response::json(200, says + std::string(arguments["id"])); })};
}

api::router table()
{
    api::router made;
    made.add(operation("GET", "/", "root"));
    made.add(operation("GET", "/things", "list"));
    made.add(operation("POST", "/things/{id}", "post "));
    made.add(operation("GET", "/things/{id}", "get "));
    return made;
}

std::string route(const api::router& table, const char* method, const char* target)
{
    http::request asked = make_request(method, target);
    awaited_answer waiting;
    table.route(asked, waiting.to());
    const http::response given = waiting.wait();
    return std::to_string(given.status) + " " + given.body;
}

} // namespace

BOOST_AUTO_TEST_CASE(method_and_path_find_the_operation)
{
    const api::router made = table();
    BOOST_TEST(route(made, "GET", "/") == "200 root");
    BOOST_TEST(route(made, "GET", "/things") == "200 list");
    BOOST_TEST(route(made, "GET", "/things/7") == "200 get 7");
    BOOST_TEST(route(made, "POST", "/things/a%2Fb?x=1") == "200 post a/b");
}

BOOST_AUTO_TEST_CASE(an_unknown_path_is_404)
{
    const api::router made = table();
    for (const char* target : {"/thing", "/things/", "/things/7/8", "//things"})
        BOOST_TEST(made.screen(make_request("GET", target))->status == 404U);
}

BOOST_AUTO_TEST_CASE(another_method_of_a_known_path_is_405_and_lists_what_is_allowed)
{
    const auto refused = table().screen(make_request("DELETE", "/things/7"));
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 405U);
    BOOST_TEST(refused->headers.value("Allow") == "POST, GET, HEAD");
    BOOST_TEST(refused->headers.value("Content-Type") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(a_screen_refuses_before_the_body_is_read)
{
    api::router made;
    api::operation screened = operation("PUT", "/x", "");
    screened.screen = [](const http::request& head,
                         const api::path_arguments&) -> std::optional<http::response>
    {
        if (head.headers.find("Good") != nullptr)
            return std::nullopt;
        return http::response::problem(415, {}, "no");
    };
    made.add(std::move(screened));
    BOOST_TEST(made.screen(make_request("PUT", "/x"))->status == 415U);
    BOOST_TEST(!made.screen(make_request("PUT", "/x", {}, {{"Good", "yes"}})).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
