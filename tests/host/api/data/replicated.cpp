// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Graphs whose publishers put what they deliver on several machines.
#include "host/api/data/data_routes.hpp"
#include "host/graph/spec.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(replicated_deliveries)

using namespace penstock::host::http::testing;
using penstock::host::http::response;

namespace
{

response send(test_host& host, const char* text, const std::string& query = "?ack=replicated")
{
    return host.send("POST", "/data" + query, text, {plain});
}

// What is away is still so when the host stops.
penstock::host::engine_options with_little_drain()
{
    penstock::host::engine_options made;
    made.drain = std::chrono::milliseconds(10);
    return made;
}

// read.out goes to mirror and to what stands beside it.
void deploy_beside(test_host& host, const std::string& other)
{
    const auto read = penstock::host::parse_graph(
        R"({"penstock": 1, "name": "first", "nodes": {"read": {"component": "door/read"},
            "mirror": {"component": "door/mirror"}, "other": )" +
        other + R"(}, "edges": [{"from": "read.out", "to": "mirror.in"},
                                {"from": "read.out", "to": "other.in"}]})");
    BOOST_TEST_REQUIRE(read.problems.empty());
    BOOST_TEST_REQUIRE(host.graphs.deploy(read.graph).empty());
}

} // namespace

BOOST_AUTO_TEST_CASE(are_waited_for_and_told)
{
    test_host host;
    host.deploy("first", {"read", "mirror"});
    for (const char* query : {"?ack=replicated", "?ack=processed", "?ack=replicated&wait=9s"})
    {
        const response answer = send(host, "x", query);
        BOOST_TEST(answer.status == 200U);
        BOOST_TEST(answer.headers.value("Penstock-Durability") == "replicated");
        BOOST_TEST(body_of(answer).at("delivered").to_number<int>() == 1);
        const std::string receipt(answer.headers.value("Location"));
        BOOST_TEST(body_of(host.send("GET", receipt)).at("durability").as_string() == "replicated");
    }
}

BOOST_AUTO_TEST_CASE(are_not_promised_where_one_machine_alone_has_a_part)
{
    for (const char* other : {R"({"component": "door/take"})",
                              R"({"component": "door/mirror", "params": {"replicated": false}})"})
    {
        test_host host;
        deploy_beside(host, other);
        check_problem(send(host, "x"), 503, "a graph whose publishers are all replicated");
        const response answer = send(host, "x", "?ack=processed");
        BOOST_TEST(answer.status == 200U);
        BOOST_TEST(answer.headers.value("Penstock-Durability") == "memory");
    }
}

BOOST_AUTO_TEST_CASE(that_are_not_made_in_time_are_no_promise_kept)
{
    test_host host(with_little_drain());
    host.deploy("first", {"read", "mirror"});
    const response answer = send(host, "away", "?ack=replicated&wait=1ms");
    check_problem(answer, 503, "on one machine for now");
    BOOST_TEST(!answer.headers.value("Retry-After").empty());
    BOOST_TEST(send(host, "away", "?ack=processed&wait=1ms").status == 202U);
}

BOOST_AUTO_TEST_CASE(are_not_what_becomes_of_dead_letters)
{
    test_host host;
    host.deploy("first", {"read", "mirror"});
    check_problem(send(host, "bad"), 503, "one machine alone has a part");
    const response answer = send(host, "bad", "?ack=processed");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "memory");
}

BOOST_AUTO_TEST_CASE(leave_nothing_to_keep_of_what_is_dropped)
{
    test_host host;
    host.deploy("first", {"read", "mirror"});
    const response answer = send(host, "drop");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.headers.value("Penstock-Durability") == "memory");
}

BOOST_AUTO_TEST_CASE(are_told_again_to_who_sends_the_key_again)
{
    test_host host(with_little_drain());
    host.deploy("first", {"read", "mirror"});
    for (int i = 0; i < 2; ++i)
    {
        const response done =
            host.send("POST", "/data?ack=replicated", "x", {plain, {"Idempotency-Key", "a"}});
        BOOST_TEST(done.status == 200U);
        BOOST_TEST(done.headers.value("Penstock-Durability") == "replicated");
        const response open = host.send("POST", "/data?ack=replicated&wait=1ms", "away",
                                        {plain, {"Idempotency-Key", "b"}});
        BOOST_TEST(open.status == 503U);
    }
}

BOOST_AUTO_TEST_SUITE_END()
