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
    for (const char* const name : {"b.json", "a.json", "a.test.json", "notes.txt"})
        std::ofstream(path(name)) << R"({"penstock": 1, "name": ")" << name[0]
                                  << R"(", "nodes": {}, "edges": []})";
    const std::vector<std::string> found = unfolded({path("notes.txt"), folder.path().string()});
    const std::vector<std::string> wanted{path("notes.txt"), path("a.json"), path("b.json")};
    BOOST_TEST(found == wanted, boost::test_tools::per_element());
    const std::vector<graph_file> read = read_graphs({folder.path().string()});
    BOOST_TEST_REQUIRE(read.size() == 2U);
    BOOST_TEST(read[0].graph.name == "a");
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
