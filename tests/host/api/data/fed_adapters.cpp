// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Adapters that an edge feeds.
#include "host/api/data/data_routes.hpp"
#include "host/graph/spec.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(adapters_that_an_edge_feeds)

using namespace penstock::host::http::testing;
using penstock::host::http::response;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(get_a_request_once_and_by_that_edge)
{
    test_host host;
    host.deploy("first", {"read", "lines", "answer"}); // both accept JSON
    const response answer = host.send("POST", "/data?ack=processed", "[1]", {as_json});
    BOOST_TEST(answer.status == 200U);
    const json::value body = body_of(answer);
    BOOST_TEST(body.at("delivered").to_number<int>() == 1);
    BOOST_TEST(body.at("packets").at(0).at("fields").at("text").as_string() == "[1]");
}

BOOST_AUTO_TEST_CASE(are_none_of_those_that_accept_a_media_type)
{
    test_host host;
    host.deploy("first", {"listen", "lines", "answer"});
    const response refused = host.send("POST", "/data", "1", {as_json});
    check_problem(refused, 415, "no adapter of this graph accepts application/json; text/csv was");
    BOOST_TEST(refused.headers.value("Accept-Post") == "text/csv");
}

BOOST_AUTO_TEST_CASE(take_what_comes_by_it_whatever_its_media_type)
{
    test_host host;
    host.deploy("first", {"listen", "lines", "answer"});
    const json::object meta =
        meta_of(host.send("POST", "/data?ack=processed", "a,b", {{"Content-Type", "text/csv"}}));
    BOOST_TEST(meta.at("mimetype").as_string() == "text/csv");
}

BOOST_AUTO_TEST_CASE(get_no_triggers)
{
    test_host host;
    host.deploy("first", {"lines", "read", "answer"});
    const response answer = host.send("GET", "/data?ack=processed");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(!body_of(answer).as_object().contains("packets"));
}

BOOST_AUTO_TEST_CASE(do_not_decide_whether_a_body_must_be_json)
{
    test_host host;
    host.deploy("first", {"lines", "read", "answer"}); // read wants one document, lines does not
    BOOST_TEST(host.send("POST", "/data?ack=processed", "{", {as_json}).status == 200U);
    host.deploy("second", {"read", "lines", "answer"});
    BOOST_TEST(host.send("POST", "/graphs/second/data", "{", {as_json}).status == 400U);
}

BOOST_AUTO_TEST_CASE(are_those_at_whose_in_it_ends_wherever_that_is_declared)
{
    test_host host;
    const auto deploy = [&](const std::string& name, const std::string& edge)
    {
        const auto read =
            penstock::host::parse_graph(R"({"penstock": 1, "name": ")" + name + R"(", "nodes": {
                "listen": {"component": "door/listen"}, "join": {"component": "door/join"},
                "answer": {"component": "door/answer"}},
                "edges": [)" + edge + R"(, {"from": "join.out", "to": "answer.in"}]})");
        BOOST_TEST_REQUIRE(read.problems.empty());
        BOOST_TEST_REQUIRE(host.graphs.deploy(read.graph).empty());
    };
    deploy("open", R"({"from": "listen.out", "to": "join.besides"})");
    deploy("fed", R"({"from": "listen.out", "to": "join.in"})");
    const response taken =
        host.send("POST", "/graphs/open/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST(taken.status == 200U);
    BOOST_TEST(body_of(taken).at("delivered").to_number<int>() == 1);
    BOOST_TEST(
        host.send("POST", "/graphs/fed/data", "x", {{"Content-Type", "text/plain"}}).status ==
        415U);
}

BOOST_AUTO_TEST_SUITE_END()
