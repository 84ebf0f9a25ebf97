// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/graph_picture.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(graph_picture)

using namespace penstock::host;

namespace
{

graph_spec sample()
{
    return parse_graph(R"({"penstock": 1, "name": "g", "nodes": {
        "read": {"component": "json/read"},
        "end": {"component": "debug/null", "title": "The \"end\""},
        "bad": {"component": "debug/null"}},
        "edges": [{"from": "read.out", "to": "end.in"}, {"from": "read.error", "to": "bad.in"}]})")
        .graph;
}

} // namespace

BOOST_AUTO_TEST_CASE(dot_has_a_line_for_each_node_and_edge)
{
    BOOST_TEST(cli::dot_picture(sample()) ==
               "digraph \"g\" {\n"
               "    rankdir=LR;\n"
               "    node [shape=box, style=rounded, fontname=\"sans-serif\"];\n"
               "    \"read\" [label=\"read\\njson/read\"];\n"
               "    \"end\" [label=\"The \\\"end\\\"\\ndebug/null\"];\n"
               "    \"bad\" [label=\"bad\\ndebug/null\"];\n"
               "    \"read\" -> \"end\";\n"
               "    \"read\" -> \"bad\" [label=\"error\"];\n"
               "}\n");
}

BOOST_AUTO_TEST_CASE(mermaid_numbers_nodes_and_escapes_titles)
{
    BOOST_TEST(cli::mermaid_picture(sample()) == "flowchart LR\n"
                                                 "    n0[\"read<br/>json/read\"]\n"
                                                 "    n1[\"The #34;end#34;<br/>debug/null\"]\n"
                                                 "    n2[\"bad<br/>debug/null\"]\n"
                                                 "    n0 --> n1\n"
                                                 "    n0 -->|\"error\"| n2\n");
}

BOOST_AUTO_TEST_SUITE_END()
