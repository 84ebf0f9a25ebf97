// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/spec.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

namespace
{

constexpr const char* catalogue_graph = R"({
  "penstock": 1,
  "name": "catalogue",
  "title": "Debian's package catalogue, searchable as it arrives",
  "nodes": {
    "read":   { "component": "json/read" },
    "rename": { "component": "fields/rename", "params": { "from": ["Package"], "to": ["name"] } },
    "index":  { "component": "search/index", "params": { "database": "catalogue" } }
  },
  "edges": [
    { "from": "read.out",   "to": "rename.in" },
    { "from": "rename.out", "to": "index.in", "capacity": 256 }
  ],
  "partition_by": "/meta/id",
  "layout": { "read": [0, 0], "rename": [240, 0], "index": [480, 0.5] }
})";

std::vector<std::string> faults(std::string_view text)
{
    std::vector<std::string> list;
    for (const problem& each : parse_graph(text).problems)
        list.push_back(to_string(each));
    return list;
}

/// The faults of a graph in which something is added to what is needed.
std::vector<std::string> faults_with(const std::string& more)
{
    return faults(R"({"penstock": 1, "name": "g", "nodes": {}, )" + more + "}");
}

/// The faults of a graph whose only node has this added to its component.
std::vector<std::string> faults_of_node(const std::string& more)
{
    return faults(R"({"penstock": 1, "name": "g", "nodes": {"n": {"component": "a/b", )" + more +
                  "}}}");
}

std::vector<std::string> faults_of_edge(const std::string& edge)
{
    return faults_with(R"("edges": [)" + edge + "]");
}

using list = std::vector<std::string>;

} // namespace

#define CHECK_FAULTS(found, ...) \
    BOOST_TEST((found) == (list{__VA_ARGS__}), boost::test_tools::per_element())

BOOST_AUTO_TEST_SUITE(graph_files)

BOOST_AUTO_TEST_CASE(are_read_into_values_in_the_order_of_the_file)
{
    const parsed_graph read = parse_graph(catalogue_graph);
    BOOST_TEST(read.problems.empty());
    const graph_spec& graph = read.graph;
    BOOST_TEST(graph.name == "catalogue");
    BOOST_TEST(graph.title == "Debian's package catalogue, searchable as it arrives");
    BOOST_REQUIRE(graph.nodes.size() == 3u);
    BOOST_TEST(graph.nodes[1].name == "rename");
    BOOST_TEST(graph.nodes[1].component == "fields/rename");
    BOOST_TEST(write_json(graph.nodes[1].params) == R"({"from":["Package"],"to":["name"]})");
    BOOST_TEST((graph.nodes[2].position == std::array<double, 2>{480, 0.5}));
    BOOST_REQUIRE(graph.edges.size() == 2u);
    BOOST_TEST((graph.edges[0] == edge_spec{{"read", "out"}, {"rename", "in"}, {}}));
    BOOST_TEST((graph.edges[1] == edge_spec{{"rename", "out"}, {"index", "in"}, 256}));
    BOOST_TEST((graph.partition_by == "/meta/id"));
    BOOST_TEST(!graph.lanes.has_value());
    BOOST_TEST((graph.find("index") == 2u));
    BOOST_TEST(!graph.find("inde").has_value());
}

BOOST_AUTO_TEST_CASE(may_say_everything_of_a_node)
{
    const parsed_graph read = parse_graph(R"({"penstock": 1, "name": "g", "lanes": 2, "nodes": {
        "n": {"component": "demo/shout", "title": "Shouts", "params": {"a": null},
              "retry": {"attempts": 3}, "package": "demo@1.2", "stack": "512KiB"}}})");
    BOOST_TEST(read.problems.empty());
    const node_spec& node = read.graph.nodes.front();
    BOOST_TEST(node.title == "Shouts");
    BOOST_TEST(write_json(*node.retry) == R"({"attempts":3})");
    BOOST_TEST(node.package == "demo@1.2");
    BOOST_TEST((node.stack == 512u * 1024));
    BOOST_TEST((read.graph.lanes == 2u));
}

BOOST_AUTO_TEST_CASE(may_say_something_to_people_and_where_their_form_is)
{
    const parsed_graph read = parse_graph(R"({"$schema": "./penstock.schema.json", "penstock": 1,
        "name": "g", "note": "Ask Ada.", "nodes": {"n": {"component": "a/b", "note": "why"}}})");
    BOOST_TEST(read.problems.empty());
    BOOST_TEST(read.graph.schema == "./penstock.schema.json");
    BOOST_TEST(read.graph.note == "Ask Ada.");
    BOOST_TEST(read.graph.nodes.front().note == "why");
    CHECK_FAULTS(faults_with(R"("$schema": 1, "note": [])"),
                 "/$schema: is a number; a text was expected",
                 "/note: is a list; a text was expected");
    CHECK_FAULTS(faults_of_node(R"("note": {})"),
                 "/nodes/n/note: is an object; a text was expected");
}

BOOST_AUTO_TEST_CASE(that_are_no_json_are_told_with_line_and_column)
{
    const parsed_graph read = parse_graph("{\n  \"penstock\": 1,\n  nodes: {}\n}");
    BOOST_TEST(!read.readable);
    BOOST_REQUIRE(read.problems.size() == 1u);
    BOOST_TEST(read.problems.front().message.starts_with("line 3, column 3: "));
    BOOST_TEST(!read.problems.front().expected.empty());
    BOOST_TEST(!parse_graph("").readable);
}

BOOST_AUTO_TEST_CASE(that_are_no_object_are_told)
{
    CHECK_FAULTS(faults("[]"), "is a list; an object was expected");
    BOOST_TEST(!parse_graph("null").readable);
}

BOOST_AUTO_TEST_CASE(must_say_what_they_are)
{
    CHECK_FAULTS(faults("{}"), "/penstock: is missing; 1 was expected",
                 "/name: is missing; [a-z][a-z0-9_-]*, at most 64 characters, was expected",
                 "/nodes: is missing; an object was expected");
}

BOOST_AUTO_TEST_CASE(of_another_version_are_refused)
{
    const auto fault = [](const std::string& version)
    { return faults(R"({"penstock": )" + version + R"(, "name": "g", "nodes": {}})"); };
    CHECK_FAULTS(fault("2"), "/penstock: is 2; 1 was expected");
    CHECK_FAULTS(fault("1.5"), "/penstock: is 1.5; 1 was expected");
    CHECK_FAULTS(fault("\"1\""), "/penstock: is \"1\"; 1 was expected");
    CHECK_FAULTS(fault("[1]"), "/penstock: is a list; 1 was expected");
    CHECK_FAULTS(fault("1"));
}

BOOST_AUTO_TEST_CASE(have_names_that_can_stand_in_addresses)
{
    const auto fault = [](const std::string& name)
    { return faults(R"({"penstock": 1, "nodes": {}, "name": ")" + name + "\"}"); };
    const std::string end = " is not a name; [a-z][a-z0-9_-]*, at most 64 characters, was expected";
    for (const std::string bad : {"", "A", "a/b", "..", "a b", "-a"})
        CHECK_FAULTS(fault(bad), "/name: \"" + bad + "\"" + end);
    BOOST_TEST(fault(std::string(65, 'a')).size() == 1u);
    CHECK_FAULTS(fault("my-graph_2"));
}

BOOST_AUTO_TEST_CASE(with_unknown_keys_hear_the_nearest)
{
    CHECK_FAULTS(faults_with(R"("edgse": [])"),
                 "/edgse: unknown key \"edgse\"; did you mean \"edges\"?");
    CHECK_FAULTS(faults_of_node(R"("parms": {})"),
                 "/nodes/n/parms: unknown key \"parms\"; did you mean \"params\"?");
    CHECK_FAULTS(faults_of_edge(R"({"from": "a.b", "to": "c.d", "x": 1})"),
                 "/edges/0/x: unknown key \"x\"; \"from\", \"to\", \"capacity\" or "
                 "\"overflow\" was expected");
}

BOOST_AUTO_TEST_CASE(with_a_key_twice_are_refused)
{
    CHECK_FAULTS(faults_with(R"("title": "a", "title": "b")"),
                 "/title: stands here twice; each key once was expected");
    CHECK_FAULTS(faults_of_node(R"("params": {"a": 1, "a": 2})"),
                 "/nodes/n/params/a: stands here twice; each key once was expected");
}

BOOST_AUTO_TEST_CASE(have_the_right_kind_of_value_everywhere)
{
    CHECK_FAULTS(faults_with(R"("title": 1)"), "/title: is a number; a text was expected");
    CHECK_FAULTS(faults_with(R"("edges": {})"), "/edges: is an object; a list was expected");
    CHECK_FAULTS(faults_with(R"("layout": true)"), "/layout: is true; an object was expected");
    CHECK_FAULTS(faults_of_edge("null"), "/edges/0: is null; an object was expected");
    CHECK_FAULTS(faults_of_node(R"("params": [])"),
                 "/nodes/n/params: is a list; an object was expected");
    CHECK_FAULTS(faults_of_node(R"("retry": 3)"),
                 "/nodes/n/retry: is a number; an object was expected");
    CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {"n": "a/b"}})"),
                 "/nodes/n: is a text; an object was expected");
}

BOOST_AUTO_TEST_CASE(name_nodes_and_components_properly)
{
    CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {"a.b": {"component": "a/b"}}})"),
                 "/nodes/a.b: \"a.b\" is not a name; [a-z][a-z0-9_]* was expected");
    CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {"n": {}}})"),
                 "/nodes/n/component: is missing; package/name was expected");
    for (const std::string bad : {"", "a", "a/", "/b", "a/b/c", "A/b"})
        CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {"n": {"component": ")" + bad +
                            "\"}}}"),
                     "/nodes/n/component: \"" + bad +
                         "\" is not the id of a component; package/name was expected");
    CHECK_FAULTS(faults_of_node(R"("package": "demo")"),
                 "/nodes/n/package: \"demo\" is not a version of a package; "
                 "name@version was expected");
}

BOOST_AUTO_TEST_CASE(join_ports_of_nodes)
{
    CHECK_FAULTS(faults_of_edge(R"({"from": "a.b"})"),
                 "/edges/0/to: is missing; node.port was expected");
    for (const std::string bad : {"", "a", "a.", ".b", "a.b.c", "a>b", "A.b"})
        CHECK_FAULTS(faults_of_edge(R"({"to": "a.b", "from": ")" + bad + "\"}"),
                     "/edges/0/from: \"" + bad +
                         "\" is not a port of a node; node.port was expected");
}

BOOST_AUTO_TEST_CASE(say_what_becomes_of_packets_without_room)
{
    const auto overflow = [](const std::string& value)
    { return faults_of_edge(R"({"from": "a.b", "to": "c.d", "overflow": )" + value + "}"); };
    CHECK_FAULTS(overflow("\"drop\""));
    CHECK_FAULTS(overflow("\"wait\""));
    CHECK_FAULTS(overflow("\"lose\""),
                 "/edges/0/overflow: is \"lose\"; \"wait\" or \"drop\" was expected");
    CHECK_FAULTS(overflow("true"), "/edges/0/overflow: is true; a text was expected");
}

BOOST_AUTO_TEST_CASE(bound_capacity_lanes_stack_and_memory)
{
    const auto capacity = [](const std::string& value)
    { return faults_of_edge(R"({"from": "a.b", "to": "c.d", "capacity": )" + value + "}"); };
    const std::string expected = "; a whole number from 1 to 1048576 was expected";
    for (const std::string bad : {"0", "-1", "1048577", "1.5", "18446744073709551615"})
        CHECK_FAULTS(capacity(bad), "/edges/0/capacity: is " + bad + expected);
    CHECK_FAULTS(capacity("\"9\""), "/edges/0/capacity: is a text" + expected);
    CHECK_FAULTS(capacity("1"));
    CHECK_FAULTS(capacity("1048576"));
    CHECK_FAULTS(faults_with(R"("lanes": 0)"),
                 "/lanes: is 0; a whole number from 1 to 1024 was expected");
    for (const std::string bad : {"1", "\"1KiB\"", "\"1GiB\"", "\"much\"", "null"})
        CHECK_FAULTS(faults_of_node("\"stack\": " + bad),
                     "/nodes/n/stack: is " + bad + "; \"64KiB\" to \"256MiB\" was expected");
    CHECK_FAULTS(faults_of_node(R"("stack": 65536)"));
    for (const std::string bad : {"0", "65535", "\"2TiB\"", "\"64 MiB\"", "null"})
        CHECK_FAULTS(faults_with("\"pending_memory\": " + bad),
                     "/pending_memory: is " + bad + "; \"64KiB\" to \"1TiB\" was expected");
    CHECK_FAULTS(faults_with(R"("edges": [], "pending_memory": 65536)"));
}

BOOST_AUTO_TEST_CASE(spread_only_by_what_is_known_at_the_door)
{
    for (const std::string bad : {"/fields/id", "/meta/", "/meta/a/b", "meta/id", ""})
        CHECK_FAULTS(faults_with(R"("partition_by": ")" + bad + "\""),
                     "/partition_by: \"" + bad +
                         "\" is not known when a packet comes in; "
                         "\"/meta/\" and a name was expected");
}

BOOST_AUTO_TEST_CASE(place_only_their_own_nodes)
{
    CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {"node": {"component": "a/b"}},
                   "layout": {"nod": [0, 0], "node": [0]}})"),
                 "/layout/nod: unknown node \"nod\"; did you mean \"node\"?",
                 "/layout/node: is a list; a pair of numbers was expected");
}

BOOST_AUTO_TEST_CASE(of_absurd_size_are_refused_quickly)
{
    std::string nodes = "\"n0\": {}";
    for (std::size_t i = 1; i <= greatest_nodes; ++i)
        nodes += ", \"n" + std::to_string(i) + "\": {}";
    CHECK_FAULTS(faults(R"({"penstock": 1, "name": "g", "nodes": {)" + nodes + "}}"),
                 "/nodes: has 10001 nodes; at most 10000 were expected");
    std::string edges = "1";
    for (std::size_t i = 0; i < greatest_edges; ++i)
        edges += ", 1";
    CHECK_FAULTS(faults_with("\"edges\": [" + edges + "]"),
                 "/edges: has 100001 edges; at most 100000 were expected");
}

BOOST_AUTO_TEST_CASE(are_told_all_that_is_wrong_at_once)
{
    BOOST_TEST(faults(R"({"penstock": 3, "name": "G", "lanes": 0, "nope": 1, "nodes": {"N": 1},
                          "edges": [{"from": 1, "to": "x"}], "partition_by": "/fields/a"})")
                   .size() == 9u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
