// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/receipt_routes.hpp"

#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(receipts)

using namespace penstock::host::http::testing;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_receipt_tells_the_fate_of_its_request)
{
    test_host host;
    host.deploy("first", {"read", "fail", "take"});
    const auto answer =
        host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    const auto shown = host.send("GET", answer.headers.value("Location"));
    BOOST_TEST(shown.status == 200U);
    const json::value body = body_of(shown);
    BOOST_TEST(body.at("receipt") == body_of(answer).at("receipt"));
    BOOST_TEST(body.at("graph").as_string() == "first");
    BOOST_TEST(body.at("state").as_string() == "done");
    BOOST_TEST(body.at("durability").as_string() == "memory");
    BOOST_TEST(body.at("dead_count").to_number<int>() == 1);
    BOOST_TEST(body.at("dead").as_array().size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_unknown_receipt_is_404)
{
    test_host host;
    for (const char* id : {"x", "0123456789abcdef0123456789abcdef"})
        BOOST_TEST(host.send("GET", std::string("/receipts/") + id).status == 404U);
    BOOST_TEST(host.send("DELETE", "/receipts/x").status == 405U);
}

BOOST_AUTO_TEST_SUITE_END()
