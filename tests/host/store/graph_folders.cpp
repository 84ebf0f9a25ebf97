// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/graph_folders.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(graph_folders)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(a_graph_keeps_the_file_that_it_came_from)
{
    const testing::temporary_folder folder;
    const penstock::host::graph_folders kept(folder.path());
    graph_spec graph;
    graph.name = "g";
    BOOST_TEST(!kept.note_deployed(graph).has_value());
    BOOST_TEST(kept.runs.of_graph("g")->file == kept.graphs.file_of("g"));
    BOOST_TEST(!kept.runs.note({graph, "/etc/named.json"}).has_value());
    BOOST_TEST(!kept.note_stopped(graph).has_value());
    BOOST_TEST(kept.runs.of_graph("g")->file == "/etc/named.json");
    BOOST_TEST(kept.runs.of_graph("g")->is_stopped);
    BOOST_TEST(!kept.remove("g").has_value());
    BOOST_TEST(!kept.runs.of_graph("g").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
