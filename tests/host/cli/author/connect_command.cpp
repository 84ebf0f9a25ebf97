// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <map>
#include <string>

BOOST_AUTO_TEST_SUITE(validate_connect)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

// One that does not connect before its first packet would say that it is connected.
BOOST_AUTO_TEST_CASE(every_publisher_that_talks_to_a_server_says_that_it_is_away)
{
    const penstock::host::http::testing::reserved_port nobody;
    const std::string address = "127.0.0.1:" + std::to_string(nobody.number());
    const std::string http = "http://" + address;
    const std::map<std::string, json::object> publishers{
        {"amqp", {{"urls", {"amqp://" + address}}, {"queue", "q"}}},
        {"http", {{"url", http}}},
        {"kafka", {{"brokers", {address}}, {"topic", "t"}, {"connect_timeout", "1s"}}},
        {"mqtt", {{"urls", {"mqtt://" + address}}, {"topic", "t"}}},
        {"nats", {{"urls", {"nats://" + address}}, {"subject", "s"}}},
        {"opensearch", {{"url", http}, {"index", "i"}}},
        {"postgres",
         {{"connection", "host=127.0.0.1 dbname=d user=u port=" + std::to_string(nobody.number())},
          {"table", "t"}}},
        {"redis", {{"urls", {"redis://" + address}}, {"stream", "s"}}},
        {"solr", {{"url", http + "/solr/c"}}}};
    json::object nodes{{"read", {{"component", "json/read"}}}};
    json::array edges;
    for (const auto& [package, params] : publishers)
    {
        nodes[package] = {{"component", package + "/publish"}, {"params", params}};
        edges.push_back({{"from", "read.out"}, {"to", package + ".in"}});
    }
    const scratch home;
    const std::string file =
        home.write("away.json", penstock::write_json(json::object{{"penstock", 1},
                                                                  {"name", "away"},
                                                                  {"nodes", std::move(nodes)},
                                                                  {"edges", std::move(edges)}}));
    const ended result = run(home, {"validate", file, "--connect", "--json"});
    BOOST_TEST(result.code == 1);
    const json::value told = penstock::parse_json(result.out);
    BOOST_TEST(told.at_pointer("/files/0/problems").as_array().empty(), result.out);
    const json::array& tried = told.at_pointer("/files/0/connections").as_array();
    BOOST_TEST(tried.size() == publishers.size());
    for (const json::value& each : tried)
    {
        const std::string said = penstock::write_json(each);
        BOOST_TEST(!each.at("connected").as_bool(), said);
        BOOST_TEST(said.find("no answer within") == std::string::npos, said);
        BOOST_TEST(said.find("ended its process") == std::string::npos, said);
    }
}

BOOST_AUTO_TEST_SUITE_END()
