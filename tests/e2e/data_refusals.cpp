// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests that are refused, and what is said of them.
#include "live_host.hpp"
#include "mirror_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;

BOOST_AUTO_TEST_CASE(bodies_that_are_not_json_are_refused_with_their_place)
{
    mirror_host host;
    must_be_problem(host->post("/data", json_type, ""), 400, "empty");
    must_be_problem(host->post("/data", lines_type, ""), 400, "empty");
    const response cut = host->post("/data", json_type, "{\"a\": 1,\n  \"b\": tru }");
    must_be_problem(cut, 400, "line 2, column ");
    must_be_problem(cut, 400, "byte offset 1");
    must_be_problem(host->post("/data", json_type, R"({"a": 1e400})"), 400, "line 1, column 7");
    must_be_problem(host->post("/data", json_type, R"({"a": -1e999})"), 400, "line 1");
    must_be_problem(host->post("/data", json_type, "{} {}"), 400, "line 1, column 4");
    must_be_problem(host->post("/data", json_type, "{\"a\": \"\xff\"}"), 400, "line 1");
    must_be_problem(host->post("/data", json_type, std::string(65, '[') + std::string(65, ']')),
                    400, "line 1, column 65");
    BOOST_TEST(host->post("/data", json_type, std::string(64, '[') + std::string(64, ']')).status ==
               202U);
    BOOST_TEST(host.settle("mirror").accepted == 1U);
}

BOOST_AUTO_TEST_CASE(requests_that_are_not_http_are_refused_and_closed)
{
    mirror_host host;
    for (const std::string head : {"GET http://other/data HTTP/1.1\r\nHost: localhost\r\n\r\n",
                                   "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                                   "2\r\nContent-Length: 2\r\n\r\n",
                                   "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n"
                                   "Transfer-Encoding: chunked\r\n\r\n",
                                   "GET /data HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n"})
    {
        raw_client client = host.connect();
        client.send(head + "GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
        client.half_close();
        const auto said = client.read_to_end();
        BOOST_REQUIRE(said.has_value());
        BOOST_TEST(said->starts_with("HTTP/1.1 400 "), *said);
        BOOST_TEST(!has(*said, "HTTP/1.1 200 "), *said);
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(bodies_over_a_limit_are_413)
{
    mirror_host host({"--body-limit", "64KiB", "--decompressed-limit", "128KiB"});
    const std::string large = R"({"a": ")" + std::string(64 * 1024, 'x') + "\"}";
    must_be_problem(host->post("/data", json_type, large), 413, "");
    raw_client chunked = host.connect();
    chunked.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                 "Transfer-Encoding: chunked\r\n\r\n11000\r\n" +
                 std::string(0x11000, ' ') + "\r\n0\r\n\r\n");
    BOOST_TEST(chunked.read_answer().status == 413U);
    const std::string inflated = R"({"a": ")" + std::string(200 * 1024, 'x') + "\"}";
    must_be_problem(host->ask("POST", "/data", typed(json_type, "gzip"), gzipped(inflated)), 413,
                    "");
    BOOST_TEST(
        host->post("/data", json_type, R"({"a": ")" + std::string(60'000, 'x') + "\"}").status ==
        202U);
    BOOST_TEST(host.settle("mirror").accepted == 1U);
}

BOOST_AUTO_TEST_CASE(an_entry_that_can_never_fit_is_413)
{
    mirror_host host({"--pending-bytes", "16KiB"});
    const std::string large = R"({"a": ")" + std::string(20'000, 'x') + "\"}";
    must_be_problem(host->post("/data", json_type, large), 413, "can never fit");
    must_be_problem(host->ask("POST", "/data", typed(json_type, "gzip"), gzipped(large)), 413,
                    "can never fit");
    BOOST_TEST(host->post("/data", json_type, "{}").status == 202U);
}

BOOST_AUTO_TEST_CASE(an_early_refusal_can_be_read_by_who_still_sends)
{
    mirror_host host;
    raw_client client = host.connect();
    client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Length: 40000000\r\n\r\n");
    client.send(std::string(3'000'000, ' '));
    BOOST_TEST(client.read_answer().status == 413U);
}

BOOST_AUTO_TEST_CASE(types_that_nobody_accepts_are_415_with_those_that_are)
{
    mirror_host host;
    for (const char* type : {"image/png", "nonsense", "application/xml"})
    {
        const response answer = host->post("/data", type, "x");
        must_be_problem(answer, 415, "application/json");
        must_be_problem(answer, 415, "text/*");
        BOOST_TEST(has(answer.headers.value("Accept-Post"), "application/x-ndjson"));
    }
    must_be_problem(host->ask("POST", "/data", {}, "{}"), 415, "application/json");
    must_be_problem(host->ask("POST", "/data", typed(json_type, "br"), "{}"), 415, "zstd");
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(who_is_too_slow_with_a_body_hears_408)
{
    mirror_host host({"--body-time", "200ms"});
    raw_client client = host.connect();
    client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000\r\n\r\n{");
    const auto said = client.read_to_end();
    BOOST_REQUIRE(said.has_value());
    BOOST_TEST(said->starts_with("HTTP/1.1 408 "), *said);
}

BOOST_AUTO_TEST_CASE(a_route_that_takes_no_body_refuses_one_before_it_comes)
{
    mirror_host host;
    for (const char* line : {"GET /livez", "GET /readyz", "GET /", "GET /data", "GET /metrics",
                             "DELETE /data/r/7", "GET /api/graphs", "GET /openapi.json"})
    {
        raw_client client = host.connect();
        client.send(std::string(line) +
                    " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16000000\r\n\r\n");
        BOOST_TEST(client.read_answer().status == 400U, line);
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
