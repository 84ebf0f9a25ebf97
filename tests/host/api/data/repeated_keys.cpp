// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Idempotency keys that come again.
#include "host/api/data/data_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::engine_options;
using penstock::host::http::response;

BOOST_AUTO_TEST_CASE(a_repeated_key_gets_the_first_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto send = [&](const char* target, const char* body) {
        return host.send("POST", target, body, {plain, {"Idempotency-Key", "k1"}});
    };
    const response first = send("/data?ack=processed", "x");
    const response again = send("/data", "x");
    BOOST_TEST(again.status == 202U);
    BOOST_TEST(again.headers.value("Location") == first.headers.value("Location"));
    BOOST_TEST(send("/data?ack=processed", "x").status == 200U);
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 1U);
    check_problem(send("/data", "y"), 422, "another request");
    check_problem(
        host.send("POST", "/data", "x", {plain, {"Idempotency-Key", std::string(256, 'k')}}), 400,
        "255");
}

BOOST_AUTO_TEST_CASE(a_key_of_an_older_version_is_never_that_of_another_request)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    penstock::host::journal_entry older; // whose fingerprint is of a form that nobody can compare
    older.graph = "first";
    older.idempotency_key = "first\nk1";
    const auto given = penstock::host::testing::keep(host.journal, older);
    const response answer = host.send("POST", "/data", "x", {plain, {"Idempotency-Key", "k1"}});
    BOOST_TEST(answer.status == 202U);
    BOOST_TEST(answer.headers.value("Location") == "/receipts/" + given.id.text());
}

BOOST_AUTO_TEST_CASE(a_repeated_key_gets_its_receipt_from_a_full_graph_too)
{
    engine_options full;
    full.pending.entries = 1;
    test_host host(full);
    host.deploy("first", {"read", "hold"});
    const auto send = [&] {
        return host.send("POST", "/data", "x", {plain, {"Idempotency-Key", "k1"}});
    };
    const response first = send();
    BOOST_TEST(send().headers.value("Location") == first.headers.value("Location"));
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 429U);
}

BOOST_AUTO_TEST_CASE(a_repeated_question_gets_its_first_receipt)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const fields key{{"Idempotency-Key", "once"}};
    const response first = host.send("GET", "/data?ack=processed", {}, key);
    BOOST_TEST(first.status == 200U);
    const response again = host.send("GET", "/data?ack=processed", {}, key);
    BOOST_TEST(again.status == 200U);
    BOOST_TEST(body_of(again).at("receipt") == body_of(first).at("receipt"));
}

BOOST_AUTO_TEST_CASE(a_refused_request_does_not_use_its_key_up)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const auto send = [&](const char* body) {
        return host.send("POST", "/data", body, {as_json, {"Idempotency-Key", "k1"}});
    };
    BOOST_TEST(send("{").status == 400U);
    BOOST_TEST(send("{}").status == 202U);
}

BOOST_AUTO_TEST_SUITE_END()
