// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/api/test_host.hpp"

#include "host/graph/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(graph_texts)

using namespace penstock::host::http::testing;
using penstock::host::parse_graph;
using penstock::host::write_graph;
using penstock::host::http::response;

namespace
{

const std::string good = test_host::graph("first", {"read", "take"});

std::string canonical(const std::string& text)
{
    return write_graph(parse_graph(text).graph);
}

} // namespace

BOOST_AUTO_TEST_CASE(what_a_graph_says_to_people_is_kept)
{
    test_host host;
    std::string text = good;
    text.insert(1, R"("$schema": "./penstock.schema.json", "note": "Ask Ada.",)");
    const std::size_t first = text.find("{\"component\"");
    BOOST_TEST_REQUIRE(first != text.npos);
    text.insert(first + 1, R"("note": "why",)");
    BOOST_TEST(host.send("PUT", "/api/graphs/first", text).status == 201U);
    const std::string shown = host.send("GET", "/api/graphs/first").body;
    for (const char* part :
         {R"("$schema": "./penstock.schema.json")", R"("note": "Ask Ada.")", R"("note": "why")"})
        BOOST_TEST(shown.find(part) != shown.npos, part);
}

BOOST_AUTO_TEST_CASE(a_graph_that_is_sent_in_yaml_is_kept_in_json)
{
    test_host host;
    const std::string yaml = R"(penstock: 1
name: first
nodes:
  read: {component: door/read}
  take: {component: door/take}
edges:
  - {from: read.out, to: take.in}
)";
    const auto put = [&](const std::string& body) {
        return host.send("PUT", "/api/graphs/first", body, {{"Content-Type", "application/yaml"}});
    };
    BOOST_TEST(put(yaml).status == 201U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").body == canonical(good));
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy", yaml,
                         {{"Content-Type", "application/yaml; charset=utf-8"}})
                   .status == 200U);
    const response refused = put("penstock: 1\nname: [first\n");
    BOOST_TEST(refused.status == 422U);
    BOOST_TEST(refused.body.find("line 3, column 1: ") != std::string::npos, refused.body);
    BOOST_TEST(host.send("PUT", "/api/graphs/first", yaml).status == 422U);
}

BOOST_AUTO_TEST_SUITE_END()
