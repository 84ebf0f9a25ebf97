// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/data_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::http::response;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_body_is_accepted_with_a_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data", "hello", {plain});
    BOOST_TEST(answer.status == 202U);
    const json::value body = body_of(answer);
    BOOST_TEST(body.at("durability").as_string() == "memory");
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "memory");
    const std::string_view receipt = body.at("receipt").as_string();
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + std::string(receipt));
}

BOOST_AUTO_TEST_CASE(all_of_a_request_becomes_meta)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const response answer = host.send("PUT", "/data/news/a%2Fb?ack=processed", "hello",
                                      {{"Content-Type", "Text/Plain; charset=utf-8"},
                                       {"X-Meta-Source", "feed"},
                                       {"X-Meta-Id", "not this one"}});
    const json::object meta = meta_of(answer);
    BOOST_TEST(meta.at("requestmethod").as_string() == "PUT");
    BOOST_TEST(meta.at("route").as_string() == "news");
    BOOST_TEST(meta.at("id").as_string() == "a/b");
    BOOST_TEST(meta.at("mimetype").as_string() == "text/plain");
    BOOST_TEST(meta.at("charset").as_string() == "utf-8");
    BOOST_TEST(meta.at("contentlength").to_number<int>() == 5);
    BOOST_TEST(meta.at("source").as_string() == "feed");
    const std::string_view time = meta.at("processingtime").as_string();
    BOOST_TEST(time.size() == std::string_view("2026-01-31T09:05:00Z").size());
    BOOST_TEST(time.ends_with('Z'));
    BOOST_TEST(body_of(answer).at("packets").at(0).at("fields").at("text").as_string() == "hello");
}

BOOST_AUTO_TEST_CASE(get_and_delete_send_triggers_without_a_body)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    for (const char* method : {"GET", "DELETE"})
    {
        const json::object meta = meta_of(host.send(method, "/data/news/7?ack=processed"));
        BOOST_TEST(meta.at("requestmethod").as_string() == method);
        BOOST_TEST(meta.at("route").as_string() == "news");
        BOOST_TEST(meta.at("id").as_string() == "7");
        BOOST_TEST(!meta.contains("mimetype"));
        BOOST_TEST(!meta.contains("contentlength"));
    }
}

BOOST_AUTO_TEST_CASE(head_tells_what_get_would_answer_and_sends_no_trigger)
{
    test_host host;
    host.deploy("first", {"read", "answer"});
    const auto look = [&](const char* target)
    {
        penstock::host::http::request head = make_request("GET", target);
        head.head_only = true;
        return host.send(std::move(head));
    };
    const response answer = look("/data/news/7?ack=processed");
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.body.empty());
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
    BOOST_TEST(look("/data?ack=never").status == 400U);
    BOOST_TEST(look("/graphs/second/data").status == 404U);
    host.graphs.stop("first");
    BOOST_TEST(look("/data").status == 503U);
}

BOOST_AUTO_TEST_CASE(a_trigger_that_no_adapter_takes_is_accepted_and_shows_in_the_receipt)
{
    test_host host;
    host.deploy("first", {"listen", "take"});
    BOOST_TEST(host.send("GET", "/data").status == 202U);
    const response answer = host.send("GET", "/data?ack=processed");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("delivered").to_number<int>() == 0);
}

BOOST_AUTO_TEST_CASE(the_prefix_names_another_graph)
{
    test_host host;
    host.deploy("first", {"listen", "take"});
    host.deploy("second", {"read", "answer"});
    const response answer =
        host.send("POST", "/graphs/second/data/news?ack=processed", "x", {plain});
    BOOST_TEST(meta_of(answer).at("route").as_string() == "news");
    check_problem(host.send("POST", "/data", "x", {plain}), 415, "text/csv was expected");
    check_problem(host.send("POST", "/graphs/third/data", "x", {plain}), 404, "\"third\"");
}

BOOST_AUTO_TEST_CASE(the_default_graph_can_be_named)
{
    test_host host({}, {.default_graph = "second"});
    host.deploy("first", {"listen", "take"});
    host.deploy("second", {"read", "take"});
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
}

BOOST_AUTO_TEST_CASE(a_stopped_graph_or_none_is_503)
{
    test_host host;
    check_problem(host.send("POST", "/data", "x", {plain}), 503, "no graph");
    host.deploy("first", {"read", "take"});
    host.graphs.stop("first");
    const response answer = host.send("POST", "/data", "x", {plain});
    check_problem(answer, 503, "stopped");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
}

BOOST_AUTO_TEST_CASE(other_methods_are_405)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto allowed = [&](const char* method, const char* target)
    {
        const response answer = host.send(method, target);
        BOOST_TEST(answer.status == 405U);
        return std::string(answer.headers.value("Allow"));
    };
    BOOST_TEST(allowed("PUT", "/data") == "POST, GET, HEAD");
    BOOST_TEST(allowed("DELETE", "/data/news") == "POST, GET, HEAD");
    BOOST_TEST(allowed("PATCH", "/data/news/7") == "POST, GET, HEAD, PUT, DELETE");
    BOOST_TEST(host.send("POST", "/data/", "x", {plain}).status == 404U);
    BOOST_TEST(host.send("POST", "/data/a/b/c", "x", {plain}).status == 404U);
}

BOOST_AUTO_TEST_SUITE_END()
