// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/product_info.hpp"

#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(product_info)

using namespace penstock::host::http::testing;
using penstock::host::http::response;

namespace
{

void check_product(const response& answer)
{
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(answer.headers.value("X-Elastic-Product") == "Elasticsearch");
    BOOST_TEST(answer.headers.value("Content-Type") == "application/json");
    BOOST_TEST(answer.body == R"({"version":{"number":"7.10.2","distribution":"opensearch"}})");
}

} // namespace

BOOST_AUTO_TEST_CASE(is_told_to_who_asks_for_json)
{
    test_host host;
    for (const char* type : {"application/json", "application/vnd.elasticsearch+json; q=1, */*"})
        check_product(host.send("GET", "/", {}, {{"Accept", type}}));
}

BOOST_AUTO_TEST_CASE(is_told_to_clients_by_their_names)
{
    test_host host;
    for (const char* name :
         {"opensearch-js/2.5.0 (linux; node)", "elasticsearch-py/7.10.1", "Elastic-filebeat/8.1",
          "Filebeat/7.10.2", "logstash/8.0", "Fluent-Bit", "Vector/0.30"})
        check_product(host.send("GET", "/", {}, {{"User-Agent", name}, {"Accept", "*/*"}}));
}

BOOST_AUTO_TEST_CASE(is_told_to_who_sends_head)
{
    test_host host;
    penstock::host::http::request asked = make_request("GET", "/");
    asked.head_only = true;
    check_product(host.send(std::move(asked)));
}

BOOST_AUTO_TEST_CASE(is_not_told_to_browsers_and_others)
{
    test_host host;
    for (const char* accept : {"text/html,application/json;q=0.9", "*/*", ""})
    {
        const response answer =
            host.send("GET", "/", {}, {{"Accept", accept}, {"User-Agent", "curl/7.88"}});
        BOOST_TEST(answer.headers.value("Content-Type").starts_with("text/html"));
        BOOST_TEST(!answer.headers.find("X-Elastic-Product").has_value());
    }
}

BOOST_AUTO_TEST_SUITE_END()
