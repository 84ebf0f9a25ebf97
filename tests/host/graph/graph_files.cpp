// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/graph/graph_files.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

BOOST_AUTO_TEST_SUITE(graph_files)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(a_folder_stands_for_the_graph_files_in_it)
{
    const testing::temporary_folder folder;
    const auto path = [&](const char* name) { return (folder.path() / name).string(); };
    for (const char* const name :
         {"b.json", "a.json", "a.test.json", "notes.txt", "d.yml", "c.yaml", "c.test.yaml"})
        std::ofstream(path(name)) << R"({"penstock": 1, "name": ")" << name[0]
                                  << R"(", "nodes": {}, "edges": []})";
    const std::vector<std::string> found = unfolded({path("notes.txt"), folder.path().string()});
    const std::vector<std::string> wanted{path("notes.txt"), path("a.json"), path("b.json"),
                                          path("c.yaml"), path("d.yml")};
    BOOST_TEST(found == wanted, boost::test_tools::per_element());
    const std::vector<graph_file> read = read_graphs({folder.path().string()});
    BOOST_TEST_REQUIRE(read.size() == 4U);
    BOOST_TEST(read[0].graph.name == "a");
}

BOOST_AUTO_TEST_CASE(a_file_in_yaml_is_the_same_graph)
{
    const testing::temporary_folder folder;
    const std::filesystem::path file = folder.path() / "g.yaml";
    std::ofstream(file) << R"($schema: ./penstock.schema.json
penstock: 1
name: g
note: |
  Ask Ada
  before a change.
nodes:
  read: {component: json/read}
  set:
    component: fields/set
    params: {field: on, value: 0123}
    retry: &patient {attempts: 3}
  rate:
    component: route/sample
    params: {rate: 0.1}
    retry: *patient
edges:
  - {from: read.out, to: set.in, capacity: 64}
layout:
  read: [0, -1.5]
)";
    const graph_file yaml = read_graph(file);
    BOOST_TEST_REQUIRE(yaml.problems.empty());
    const parsed_graph json = parse_graph(R"({"$schema": "./penstock.schema.json", "penstock": 1,
        "name": "g", "note": "Ask Ada\nbefore a change.\n", "nodes": {
            "read": {"component": "json/read"},
            "set": {"component": "fields/set", "params": {"field": "on", "value": "0123"},
                    "retry": {"attempts": 3}},
            "rate": {"component": "route/sample", "params": {"rate": 0.1}, "retry": {"attempts": 3}}},
        "edges": [{"from": "read.out", "to": "set.in", "capacity": 64}],
        "layout": {"read": [0, -1.5]}})");
    BOOST_TEST((yaml.graph == json.graph));
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_one_in_yaml_has_its_place)
{
    const testing::temporary_folder folder;
    const std::filesystem::path file = folder.path() / "g.yml";
    const auto problem = [&](const char* text)
    {
        std::ofstream(file) << text;
        const graph_file read = read_graph(file);
        return read.problems.empty() ? std::string() : to_string(read.problems.front());
    };
    BOOST_TEST(problem("penstock: 1\nname: g\nname: h\n") ==
               file.string() +
                   ": line 3, column 1: the key \"name\" stands here twice; each key once "
                   "was expected");
    BOOST_TEST(problem("penstock: 1\nname: g\nnodes: {}\ntitle: no\nlanes: on\n") ==
               file.string() + ":/lanes: is a text; a whole number from 1 to 1024 was expected");
    BOOST_TEST(problem("- 1\n") == file.string() + ": is a list; an object was expected");
}

BOOST_AUTO_TEST_CASE(a_folder_without_any_is_a_problem)
{
    const testing::temporary_folder folder;
    const std::vector<graph_file> read = read_graphs({folder.path().string()});
    BOOST_TEST_REQUIRE(read.size() == 1U);
    BOOST_TEST_REQUIRE(read[0].problems.size() == 1U);
    BOOST_TEST(to_string(read[0].problems[0]).find("has no graph file") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
