// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Requests that there is no room for.
#include "host/api/data/data_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/engine/full_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::host::http::testing;
using penstock::host::engine_options;
using penstock::host::http::response;

BOOST_AUTO_TEST_CASE(a_full_graph_is_429_and_names_the_cause)
{
    engine_options full;
    full.pending.entries = 1;
    test_host host(full);
    host.deploy("first", {"read", "hold"});
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
    const response answer = host.send("POST", "/data", "x", {plain});
    check_problem(answer, 429, "1 entries");
    BOOST_TEST(answer.headers.value("Retry-After") == "1");
    check_problem(host.send("GET", "/data"), 429, "pending");
}

BOOST_AUTO_TEST_CASE(an_entry_that_can_never_fit_is_413)
{
    engine_options small;
    small.pending.bytes = 4096;
    test_host host(small);
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/data", std::string(5000, 'x'), {plain}), 413, "4096");
    BOOST_TEST(host.send("POST", "/data", "x", {plain}).status == 202U);
}

BOOST_AUTO_TEST_CASE(a_full_journal_is_503_but_not_for_questions)
{
    penstock::host::tests::full_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    for (const char* target : {"/data", "/data?ack=memory", "/data?ack=processed"})
    {
        const response refused = host.send("POST", target, "x", {plain});
        check_problem(refused, 503, "the disk is full");
        BOOST_TEST(refused.headers.value("Retry-After") == "1");
    }
    BOOST_TEST(host.send("GET", "/data?ack=processed").status == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
