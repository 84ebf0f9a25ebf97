// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/router.hpp"

#include "host/journal/journal_queries.hpp"
#include "test_host.hpp"
#include "tests/host/net/awaited_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <semaphore>
#include <stdexcept>
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

std::optional<http::response> screened(const api::router& table, http::request asked)
{
    return table.screen(asked);
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
        BOOST_TEST(screened(made, make_request("GET", target))->status == 404U);
}

BOOST_AUTO_TEST_CASE(another_method_of_a_known_path_is_405_and_lists_what_is_allowed)
{
    const auto refused = screened(table(), make_request("DELETE", "/things/7"));
    BOOST_TEST_REQUIRE(refused.has_value());
    BOOST_TEST(refused->status == 405U);
    BOOST_TEST(refused->headers.value("Allow") == "POST, GET, HEAD");
    BOOST_TEST(refused->headers.value("Content-Type") == "application/problem+json");
}

BOOST_AUTO_TEST_CASE(a_body_is_refused_where_none_is_declared)
{
    api::router made = table();
    api::operation taking = operation("PUT", "/x", "");
    taking.body = "*/*";
    made.add(std::move(taking));
    BOOST_TEST(screened(made, make_request("GET", "/things", "x"))->status == 400U);
    BOOST_TEST(screened(made, make_request("POST", "/things/7", "x"))->status == 400U);
    BOOST_TEST(!screened(made, make_request("POST", "/things/7")).has_value());
    BOOST_TEST(!screened(made, make_request("PUT", "/x", "x")).has_value());
}

BOOST_AUTO_TEST_CASE(a_screen_refuses_before_the_body_is_read)
{
    api::router made;
    api::operation picky = operation("PUT", "/x", "");
    picky.screen = [](const http::request& head,
                      const api::path_arguments&) -> std::optional<http::response>
    {
        if (head.headers.find("Good"))
            return std::nullopt;
        return http::response::problem(415, {}, "no");
    };
    made.add(std::move(picky));
    BOOST_TEST(screened(made, make_request("PUT", "/x"))->status == 415U);
    BOOST_TEST(!screened(made, make_request("PUT", "/x", {}, {{"Good", "yes"}})).has_value());
}

BOOST_AUTO_TEST_CASE(
    an_exception_of_a_route_in_the_background_is_reported_and_its_client_receives_500)
{
    std::promise<std::string> reported;
    api::background_pool slow({.most = 1, .report = [&](std::string_view text) {
                                   reported.set_value(std::string(text));
                               }});
    api::router made;
    api::operation failing = operation("GET", "/x", "");
    failing.act =
        api::in_background(slow,
                           [](const http::request&, const api::path_arguments&) -> http::response
                           { throw std::runtime_error("secret"); });
    made.add(std::move(failing));
    const std::string given = route(made, "GET", "/x");
    BOOST_TEST(given.starts_with("500 "), given);
    BOOST_TEST(given.find("secret") == std::string::npos);
    BOOST_TEST(reported.get_future().get() == "secret");
}

BOOST_AUTO_TEST_CASE(a_journal_that_cannot_be_read_is_a_503_to_be_asked_again)
{
    api::background_pool slow;
    api::router made;
    api::operation failing = operation("GET", "/x", "");
    failing.act =
        api::in_background(slow,
                           [](const http::request&, const api::path_arguments&) -> http::response
                           { throw penstock::host::journal_error("the disk is gone"); });
    made.add(std::move(failing));
    http::request asked = make_request("GET", "/x");
    awaited_answer waiting;
    made.route(asked, waiting.to());
    const http::response given = waiting.wait();
    BOOST_TEST(given.status == 503U);
    BOOST_TEST(given.headers.value("Retry-After") == "10");
    BOOST_TEST(given.body.find("the disk is gone") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_request_that_waits_too_long_in_the_background_is_a_503_to_be_asked_again)
{
    std::binary_semaphore held{0};
    std::binary_semaphore began{0};
    api::background_pool slow({.patience = std::chrono::milliseconds(1)});
    api::router made;
    api::operation waits = operation("GET", "/x", "");
    waits.act = api::in_background(slow,
                                   [&](const http::request&, const api::path_arguments&)
                                   {
                                       began.release();
                                       held.acquire();
                                       return http::response::json(200, "{}");
                                   });
    made.add(std::move(waits));
    awaited_answer in_hand;
    awaited_answer in_queue;
    http::request asked = make_request("GET", "/x");
    made.route(asked, in_hand.to());
    began.acquire();
    asked = make_request("GET", "/x");
    made.route(asked, in_queue.to());
    const http::response late = in_queue.wait();
    BOOST_TEST(late.status == 503U);
    BOOST_TEST(late.headers.value("Retry-After") == "5");
    BOOST_TEST(late.body.find("waited too long") != std::string::npos);
    held.release();
    BOOST_TEST(in_hand.wait().status == 200U);
}

BOOST_AUTO_TEST_CASE(a_request_that_takes_too_long_in_the_background_is_a_503_and_is_named)
{
    std::binary_semaphore held{0};
    api::background_pool slow({.longest = std::chrono::milliseconds(1)});
    api::router made;
    api::operation hangs = operation("GET", "/x", "");
    hangs.act = api::in_background(slow,
                                   [&](const http::request&, const api::path_arguments&)
                                   {
                                       held.acquire();
                                       return http::response::json(200, "{}");
                                   });
    made.add(std::move(hangs));
    awaited_answer waiting;
    http::request asked = make_request("GET", "/x?secret=1");
    made.route(asked, waiting.to());
    const http::response late = waiting.wait();
    BOOST_TEST(late.status == 503U);
    BOOST_TEST(late.headers.value("Retry-After") == "5");
    BOOST_TEST(late.body.find("has not ended within 1ms") != std::string::npos, late.body);
    BOOST_REQUIRE(slow.overdue().size() == 1);
    BOOST_TEST(slow.overdue().front().name == "GET /x");
    held.release();
}

BOOST_AUTO_TEST_CASE(a_request_for_which_the_background_has_no_room_is_a_503_to_be_asked_again)
{
    std::binary_semaphore held{0};
    std::binary_semaphore began{0};
    api::background_pool slow({.most = 1});
    api::router made;
    api::operation waits = operation("GET", "/x", "");
    waits.act = api::in_background(slow,
                                   [&](const http::request&, const api::path_arguments&)
                                   {
                                       began.release();
                                       held.acquire();
                                       return http::response::json(200, "{}");
                                   });
    made.add(std::move(waits));
    awaited_answer in_hand;
    awaited_answer in_queue;
    http::request asked = make_request("GET", "/x");
    made.route(asked, in_hand.to());
    began.acquire();
    asked = make_request("GET", "/x");
    made.route(asked, in_queue.to());
    awaited_answer too_many;
    asked = make_request("GET", "/x");
    made.route(asked, too_many.to());
    const http::response refused = too_many.wait();
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(refused.headers.value("Retry-After") == "5");
    held.release(1);
    BOOST_TEST(in_hand.wait().status == 200U);
    began.acquire();
    held.release(1);
    BOOST_TEST(in_queue.wait().status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
