// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a client wishes to wait for.
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

BOOST_AUTO_TEST_CASE(processed_waits_for_the_counts)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data?ack=processed", "x", {plain});
    BOOST_TEST(answer.status == 200U);
    const json::object body = body_of(answer).as_object();
    BOOST_TEST(body.at("delivered").to_number<int>() == 1);
    BOOST_TEST(body.at("dropped").to_number<int>() == 0);
    BOOST_TEST(body.at("failed").to_number<int>() == 0);
    BOOST_TEST(body.at("dead_count").to_number<int>() == 0);
    BOOST_TEST(body.at("dead").as_array().empty());
    BOOST_TEST(!body.contains("packets"));
    BOOST_TEST(!body.at("receipt").as_string().empty());
}

BOOST_AUTO_TEST_CASE(processed_tells_why_packets_died)
{
    test_host host;
    host.deploy("first", {"read", "fail", "take"});
    const json::value body = body_of(host.send("POST", "/data?ack=processed", "x", {plain}));
    BOOST_TEST(body.at("dead_count").to_number<int>() == 1);
    const std::string_view reason = body.at("dead").at(0).at("reason").as_string();
    BOOST_TEST((reason.find("told to fail") != std::string_view::npos));
}

BOOST_AUTO_TEST_CASE(processed_turns_into_accepted_when_the_wait_runs_out)
{
    test_host host;
    host.deploy("first", {"read", "hold"});
    const response answer = host.send("POST", "/data?ack=processed&wait=1ms", "x", {plain});
    BOOST_TEST(answer.status == 202U);
    const std::string receipt(answer.headers.value("Location"));
    BOOST_TEST(body_of(host.send("GET", receipt)).at("state").as_string() == "pending");
    host.graphs.stop("first");
    BOOST_TEST(body_of(host.send("GET", receipt)).at("state").as_string() == "done");
}

BOOST_AUTO_TEST_CASE(durable_is_not_promised_by_a_journal_in_memory)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/data?ack=durable", "x", {plain});
    check_problem(answer, 503, "in memory");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
}

BOOST_AUTO_TEST_CASE(a_wrong_query_is_400)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data?ack=soon", "x", {plain}), 400, "memory, durable");
    check_problem(host.send("POST", "/data?ack=processed&wait=1", "x", {plain}), 400, "as in 10s");
    check_problem(host.send("POST", "/data?ack=processed&wait=6m", "x", {plain}), 400, "5m");
    check_problem(host.send("POST", "/data?wait=1s", "x", {plain}), 400, "only ack=processed");
}

BOOST_AUTO_TEST_SUITE_END()
