// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/watch/top_table.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(top_tables)

using penstock::host::cli::top_table;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_table_tells_of_the_graph_its_nodes_and_its_edges)
{
    const json::object counted{{"graph", "shown"},
                               {"state", "running"},
                               {"delivered", 12'345},
                               {"dead", 1},
                               {"lanes", {{{"pending", 0}}, {{"pending", 0}}}},
                               {"pending", {{"entries", 7}, {"bytes", 100}}}};
    const json::object rates{{"receipts", 0.4},
                             {"nodes", {{"read", {1234.6, 1, 20'000, 1}}}},
                             {"edges", {{"read.out>end.in", {12.0, 3, 256, 20'000}}}}};
    BOOST_TEST(top_table(counted, rates) ==
               "shown: running, 2 lanes, 0.4 requests/s, 7 pending, 12,345 delivered, 1 dead\n"
               "\n"
               "node  packets/s  packets  errors  dead\n"
               "read      1,235   20,000       1     1\n"
               "\n"
               "edge             packets/s  packets  depth  capacity\n"
               "read.out>end.in         12   20,000      3       256\n");
}

BOOST_AUTO_TEST_CASE(what_components_count_of_themselves_comes_last)
{
    const json::object counted{
        {"graph", "g"},
        {"state", "running"},
        {"delivered", 0},
        {"dead", 0},
        {"lanes", json::array()},
        {"pending", {{"entries", 0}, {"bytes", 0}}},
        {"nodes",
         {{"read", json::object()},
          {"index",
           {{"metrics",
             {{"documents", {{"kind", "counter"}, {"value", 12'345}}},
              {"fill", {{"kind", "gauge"}, {"value", 0.25}}},
              {"seconds", {{"kind", "histogram"}, {"count", 4}, {"sum", 1.0}}}}}}}}}};
    const json::object rates{
        {"receipts", 0.0}, {"nodes", json::object()}, {"edges", json::object()}};
    BOOST_TEST(top_table(counted, rates) ==
               "g: running, 0 lanes, 0 requests/s, 0 pending, 0 delivered, 0 dead\n"
               "\n"
               "node   metric     value\n"
               "index  documents        12,345\n"
               "index  fill               0.25\n"
               "index  seconds    4, mean 0.25\n");
}

BOOST_AUTO_TEST_CASE(a_graph_that_does_not_run_is_one_line)
{
    const json::object counted{
        {"graph", "still"}, {"state", "stopped"},     {"delivered", 0},
        {"dead", 0},        {"lanes", json::array()}, {"pending", {{"entries", 0}, {"bytes", 0}}}};
    const json::object rates{
        {"receipts", 0.0}, {"nodes", json::object()}, {"edges", json::object()}};
    BOOST_TEST(top_table(counted, rates) ==
               "still: stopped, 0 lanes, 0 requests/s, 0 pending, 0 delivered, 0 dead\n");
}

BOOST_AUTO_TEST_SUITE_END()
