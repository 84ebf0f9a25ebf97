// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Documents as clients of Elasticsearch and OpenSearch send them.
#include "host/api/data/bulk_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(bulk)

using namespace penstock::host::http::testing;
using penstock::host::http::response;
namespace json = penstock::json;

namespace
{

constexpr std::pair<std::string_view, std::string_view> lines{"Content-Type",
                                                              "application/x-ndjson"};

constexpr std::string_view one = "{\"index\":{\"_index\":\"books\",\"_id\":\"1\"}}\n{\"n\":1}\n";

json::array items_of(const response& answer)
{
    BOOST_TEST_REQUIRE(answer.status == 200U, answer.body);
    return body_of(answer).at("items").as_array();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_answer_tells_of_each_item)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer =
        host.send("POST", "/_bulk",
                  std::string(one) + "{\"create\":{\"_id\":\"2\"}}\n{\"n\":2}\n"
                                     "{\"delete\":{\"_index\":\"books\",\"_id\":\"3\"}}\n"
                                     "{\"update\":{\"_id\":\"4\"}}\n{\"doc\":{}}\n"
                                     "{\"index\":{\"_id\":\"5\"}}\nno json\n",
                  {lines});
    const json::value body = body_of(answer);
    BOOST_TEST(answer.headers.value("X-Elastic-Product") == "Elasticsearch");
    BOOST_TEST(body.at("took").is_int64());
    BOOST_TEST(body.at("errors").as_bool());
    const json::array items = items_of(answer);
    BOOST_TEST_REQUIRE(items.size() == 5U);
    BOOST_TEST(items[0] == penstock::parse_json(R"({"index":{"_index":"books","_id":"1",)"
                                                R"("status":201,"result":"created"}})"));
    BOOST_TEST(items[1] == penstock::parse_json(R"({"create":{"_index":"first","_id":"2",)"
                                                R"("status":201,"result":"created"}})"));
    BOOST_TEST(items[2] == penstock::parse_json(R"({"delete":{"_index":"books","_id":"3",)"
                                                R"("status":200,"result":"deleted"}})"));
    BOOST_TEST(items[3].at("update").at("status").as_int64() == 400);
    BOOST_TEST(items[3].at("update").at("error").at("reason").as_string().starts_with("update"));
    BOOST_TEST(items[4].at("index").at("status").as_int64() == 400);
    BOOST_TEST(items[4].at("index").at("error").at("type").as_string() ==
               "mapper_parsing_exception");
    BOOST_TEST(items[4].at("index").at("_id").as_string() == "5");
    host.graphs.stop("first"); // what was let in has ended
    BOOST_TEST(host.graphs.running("first")->totals().delivered == 3U);
}

BOOST_AUTO_TEST_CASE(an_answer_without_errors_says_so)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    BOOST_TEST(
        !body_of(host.send("PUT", "/_bulk", std::string(one), {lines})).at("errors").as_bool());
}

BOOST_AUTO_TEST_CASE(ids_that_are_missing_are_made_and_told)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    std::string body;
    for (int i = 0; i < 100; ++i)
        body += "{\"index\":{}}\n{}\n";
    std::set<std::string> ids;
    for (int n = 0; n < 2; ++n)
        for (const json::value& each : items_of(host.send("POST", "/_bulk", body, {lines})))
            ids.emplace(each.at("index").at("_id").as_string());
    BOOST_TEST(ids.size() == 200U);
    for (const std::string& each : ids)
        BOOST_TEST(each.size() == 32U);
}

BOOST_AUTO_TEST_CASE(the_address_names_the_graph_and_the_index)
{
    test_host host;
    host.deploy("first", {"listen", "take"});
    host.deploy("second", {"read", "take"});
    const auto index_of = [&](const char* target)
    {
        return std::string(items_of(host.send("POST", target, "{\"index\":{}}\n{}\n", {lines}))[0]
                               .at("index")
                               .at("_index")
                               .as_string());
    };
    BOOST_TEST(index_of("/graphs/second/_bulk") == "second");
    BOOST_TEST(index_of("/graphs/second/books/_bulk") == "books");
    BOOST_TEST(index_of("/graphs/second/b%C3%BCcher/_bulk?refresh=true&pipeline=x") == "bücher");
    check_problem(host.send("POST", "/_bulk", std::string(one), {lines}), 415,
                  "accepts application/json");
    check_problem(host.send("POST", "/graphs/third/_bulk", std::string(one), {lines}), 404,
                  "\"third\"");
    BOOST_TEST(host.send("GET", "/_bulk").headers.value("Allow") == "POST, PUT");
    host.graphs.stop("second");
    check_problem(host.send("POST", "/graphs/second/_bulk", std::string(one), {lines}), 503,
                  "stopped");
}

BOOST_AUTO_TEST_CASE(each_item_is_a_packet_with_its_meta)
{
    test_host host;
    host.deploy("first", {"read", "fail", "take"}); // dead letters show what came
    const response answer = host.send("PUT", "/books/_bulk",
                                      "{\"create\":{\"_id\":\"a/b\"}}\n{\"n\": 1.50}\n"
                                      "{\"delete\":{\"_id\":\"gone\"}}\n",
                                      {lines, {"X-Meta-Source", "shop"}});
    BOOST_TEST(answer.status == 200U);
    host.graphs.stop("first");
    std::vector<json::object> packets;
    const json::value kept = body_of(host.send("GET", "/api/dead-letters"));
    for (const json::value& each : kept.at("dead_letters").as_array())
        packets.push_back(
            body_of(host.send("GET", "/api/dead-letters/" + std::string(each.at("id").as_string())))
                .at("packet")
                .as_object());
    BOOST_TEST_REQUIRE(packets.size() == 2U);
    for (const json::object& each : packets)
    {
        const json::object& meta = each.at("meta").as_object();
        BOOST_TEST(meta.at("index").as_string() == "books");
        BOOST_TEST(meta.at("source").as_string() == "shop");
        const bool deletes = meta.at("bulk_action").as_string() == "delete";
        BOOST_TEST(meta.at("requestmethod").as_string() == (deletes ? "DELETE" : "PUT"));
        BOOST_TEST(meta.at("id").as_string() == (deletes ? "gone" : "a/b"));
        BOOST_TEST(meta.contains("mimetype") == !deletes);
        if (!deletes)
            BOOST_TEST(each.at("fields").at("text").as_string() == "{\"n\": 1.50}");
    }
}

BOOST_AUTO_TEST_CASE(a_body_may_be_compressed_and_large)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    std::string body;
    for (int i = 0; i < 5000; ++i)
        body += "{\"index\":{\"_id\":\"" + std::to_string(i) + "\"}}\n{\"text\":\"words\"}\n";
    BOOST_TEST(items_of(host.send("POST", "/_bulk", body, {lines})).size() == 5000U);
    const response answer = host.send("POST", "/_bulk", penstock::host::http::gzip(body),
                                      {lines, {"Content-Encoding", "gzip"}});
    BOOST_TEST(items_of(answer).size() == 5000U);
    host.graphs.stop("first");
    BOOST_TEST(host.graphs.running("first")->totals().delivered == 10'000U);
}

BOOST_AUTO_TEST_SUITE_END()
