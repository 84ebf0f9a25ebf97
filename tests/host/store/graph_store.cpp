// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/graph_store.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(graph_store_files)

using penstock::host::graph_spec;
using penstock::host::graph_store;
using penstock::host::parse_graph;
using penstock::host::testing::temporary_folder;

namespace
{

graph_spec example(std::string_view name)
{
    return parse_graph(R"({"penstock": 1, "name": ")" + std::string(name) + R"(",
        "nodes": {"read": {"component": "door/read"}, "take": {"component": "door/take"}},
        "edges": [{"from": "read.out", "to": "take.in"}]})")
        .graph;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_saved_is_loaded_by_name)
{
    const temporary_folder folder;
    const graph_store store(folder.path() / "graphs");
    BOOST_TEST(store.load().empty());
    BOOST_TEST(!store.save(example("second")).has_value());
    BOOST_TEST(!store.save(example("first")).has_value());
    const auto graphs = store.load();
    BOOST_TEST_REQUIRE(graphs.size() == 2U);
    BOOST_CHECK(graphs[0].graph == example("first"));
    BOOST_CHECK(graphs[1].graph == example("second"));
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_read_is_told_and_one_that_is_not_there_is_empty)
{
    const temporary_folder folder;
    BOOST_TEST(graph_store(folder.path() / "missing").load().empty());
    const std::filesystem::path file = folder.path() / "file";
    std::ofstream(file).flush();
    const auto graphs = graph_store(file).load();
    BOOST_TEST_REQUIRE(graphs.size() == 1U);
    BOOST_TEST(to_string(graphs[0].problems.at(0)).starts_with(file.string() + ": cannot be read"));
}

BOOST_AUTO_TEST_CASE(saving_replaces_and_leaves_nothing_behind)
{
    const temporary_folder folder;
    const graph_store store(folder.path());
    graph_spec changed = example("graph");
    BOOST_TEST(!store.save(changed).has_value());
    changed.title = "changed";
    BOOST_TEST(!store.save(changed).has_value());
    BOOST_TEST_REQUIRE(store.load().size() == 1U);
    BOOST_TEST(store.load().front().graph.title == "changed");
    const std::filesystem::directory_iterator files(folder.path());
    BOOST_TEST(std::distance(begin(files), end(files)) == 1);
}

BOOST_AUTO_TEST_CASE(removing_is_idempotent)
{
    const temporary_folder folder;
    const graph_store store(folder.path());
    BOOST_TEST(!store.save(example("graph")).has_value());
    BOOST_TEST(!store.remove("graph").has_value());
    BOOST_TEST(!store.remove("graph").has_value());
    BOOST_TEST(store.load().empty());
}

BOOST_AUTO_TEST_CASE(a_damaged_file_is_told_with_its_path)
{
    const temporary_folder folder;
    std::ofstream(folder.path() / "bad.json") << "{";
    std::ofstream(folder.path() / "left.json.new") << "{";
    const auto graphs = graph_store(folder.path()).load();
    BOOST_TEST_REQUIRE(graphs.size() == 1U);
    BOOST_TEST_REQUIRE(!graphs.front().problems.empty());
    BOOST_TEST(graphs.front().problems.front().where == (folder.path() / "bad.json").string());
}

BOOST_AUTO_TEST_CASE(a_folder_that_cannot_be_made_is_a_problem)
{
    const temporary_folder folder;
    std::ofstream(folder.path() / "file") << "x";
    BOOST_TEST(graph_store(folder.path() / "file").save(example("graph")).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
