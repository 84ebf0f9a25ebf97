// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <random>

namespace penstock::host
{

namespace
{

graph_spec read(std::string_view text)
{
    const parsed_graph found = parse_graph(text);
    for (const problem& each : found.problems)
        BOOST_ERROR(to_string(each));
    return found.graph;
}

constexpr const char* canonical = R"({
  "$schema": "./penstock.schema.json",
  "penstock": 1,
  "name": "catalogue",
  "title": "What is \"new\"",
  "note": "Ask Ada\nbefore a change.",
  "nodes": {
    "read": { "component": "json/read" },
    "rename": { "component": "fields/rename", "title": "Renames", "note": "For old clients.", "params": { "from": ["Package", "a"], "to": ["name"], "mode": {}, "n": [1, 2.5, null, true, []] }, "retry": { "attempts": 3 }, "package": "fields@1.2", "stack": "512KiB" }
  },
  "edges": [
    { "from": "read.out", "to": "rename.in", "capacity": 256 },
    { "from": "read.error", "to": "rename.in", "overflow": "drop" }
  ],
  "partition_by": "/meta/id",
  "lanes": 4,
  "pending_memory": "96MiB",
  "layout": {
    "read": [0, -8],
    "rename": [240, 0.5]
  }
}
)";

} // namespace

BOOST_AUTO_TEST_SUITE(canonical_form)

BOOST_AUTO_TEST_CASE(puts_each_node_edge_and_place_on_a_line)
{
    BOOST_TEST(write_graph(read(canonical)) == canonical);
}

BOOST_AUTO_TEST_CASE(puts_keys_in_a_fixed_order_and_the_layout_last)
{
    const graph_spec graph = read(
        R"({"layout": {"b": [1, 2], "a": [3, 4]}, "edges": [{"to": "b.in", "from": "a.out"}],
            "nodes": {"a": {"params": {"z": 1, "y": 2}, "component": "x/a"},
                      "b": {"component": "x/b"}}, "name": "g", "penstock": 1})");
    BOOST_TEST(write_graph(graph) == R"({
  "penstock": 1,
  "name": "g",
  "nodes": {
    "a": { "component": "x/a", "params": { "z": 1, "y": 2 } },
    "b": { "component": "x/b" }
  },
  "edges": [
    { "from": "a.out", "to": "b.in" }
  ],
  "layout": {
    "a": [3, 4],
    "b": [1, 2]
  }
}
)");
}

BOOST_AUTO_TEST_CASE(of_an_empty_graph_has_no_empty_lines)
{
    graph_spec graph;
    graph.name = "g";
    BOOST_TEST(write_graph(graph) ==
               "{\n  \"penstock\": 1,\n  \"name\": \"g\",\n  \"nodes\": {},\n  \"edges\": []\n}\n");
}

BOOST_AUTO_TEST_CASE(keeps_references_as_they_are)
{
    const std::string text = write_graph(read(R"({"penstock": 1, "name": "g",
                 "nodes": {"a": {"component": "x/a", "params": {"p": "${secret:TOKEN}"}}}})"));
    BOOST_TEST(text.find("\"${secret:TOKEN}\"") != text.npos);
}

BOOST_AUTO_TEST_CASE(is_the_same_value_as_json)
{
    BOOST_TEST((json::value(graph_json(read(canonical))) == parse_json(canonical)));
}

BOOST_AUTO_TEST_CASE(reads_back_as_the_same_graph)
{
    std::mt19937_64 random(3);
    for (int round = 0; round < 500; ++round)
    {
        graph_spec graph;
        graph.name = "g" + std::to_string(round);
        const auto maybe = [&] { return random() % 2 == 0; };
        for (std::size_t i = random() % 6; i > 0; --i)
        {
            node_spec& node = graph.nodes.emplace_back();
            node.name = "n" + std::to_string(graph.nodes.size());
            node.component = maybe() ? "a/b" : "json/read";
            if (maybe())
                node.title = "Zürich\n\"\\\x01";
            if (maybe())
                node.note = "\t/* no */";
            if (maybe())
                node.params = {{"a/~", static_cast<double>(random()) / 7}, {"", {{"x", nullptr}}}};
            if (maybe())
                node.retry = json::object();
            if (maybe())
                node.stack = least_stack + random() % (greatest_stack - least_stack);
            if (maybe())
                node.position = {static_cast<double>(random() % 2000) - 1000,
                                 static_cast<double>(random()) * 1e-3};
        }
        for (std::size_t i = random() % 6; i > 0; --i)
            graph.edges.push_back({{"a", "out"}, {"b", "in"}, {}});
        if (maybe())
            graph.lanes = 1 + static_cast<std::uint32_t>(random() % greatest_lanes);
        if (maybe())
            graph.schema = "penstock.schema.json";
        if (maybe())
            graph.note = "a note";
        if (maybe())
            graph.partition_by = "/meta/id";
        const std::string text = write_graph(graph);
        const graph_spec again = read(text);
        BOOST_TEST_REQUIRE((again == graph));
        BOOST_TEST_REQUIRE(write_graph(again) == text);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
