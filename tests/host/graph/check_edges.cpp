// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a check finds of edges and ports.
#include "host/graph/check.hpp"
#include "tests/host/graph/graph_faults.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(checks)

// Each packet would come twice, which nobody means.
BOOST_AUTO_TEST_CASE(find_an_edge_that_is_there_twice)
{
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"p", "pass"}, {"d", "discard"}},
                     {{"r.out", "p.in"}, {"p.out", "d.in"}, {"r.out", "p.in"}, {"r.out", "d.in"}})),
        "/edges/2: is the edge r.out -> p.in that is at \"/edges/0\" already; "
        "each edge once was expected");
}

BOOST_AUTO_TEST_CASE(allow_edges_that_drop_but_for_failures_and_sources)
{
    const auto dropping = [](const std::string& start, const char* from)
    {
        std::string text = graph({{"s", start}, {"d", "discard"}, {"e", "discard"}},
                                 {{"s.out", "d.in"}, {"d.error", "e.in"}});
        const std::string at = std::string("\"from\": \"") + from + '"';
        return text.insert(text.find(at) + at.size(), R"(, "overflow": "drop")");
    };
    CHECK_FAULTS(faults(dropping("read", "s.out")));
    CHECK_FAULTS(faults(dropping("read", "d.error")),
                 "/edges/1/overflow: is \"drop\" for packets that have failed; "
                 "\"wait\" was expected");
    CHECK_FAULTS(faults(dropping("source", "s.out")),
                 "/edges/0/overflow: is \"drop\" behind a source, which waits for room; "
                 "\"wait\" was expected");
}

BOOST_AUTO_TEST_CASE(allow_the_implicit_error_output)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}, {"e", "discard"}},
                              {{"r.out", "d.in"}, {"r.error", "e.in"}, {"d.error", "e.in"}})));
    CHECK_FAULTS(faults(graph({{"s", "source"}, {"d", "discard"}},
                              {{"s.out", "d.in"}, {"s.error", "d.in"}})),
                 "/edges/1/from: \"s\" has no output \"error\"; \"out\" was expected");
}

BOOST_AUTO_TEST_CASE(find_required_inputs_that_are_not_wired)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"j", "join"}, {"d", "discard"}},
                              {{"r.out", "j.right"}, {"j.out", "d.in"}})),
                 "/nodes/j/left: required input is not wired; an edge to \"j.left\" was expected");
}

BOOST_AUTO_TEST_CASE(find_unknown_nodes_and_ports_with_the_nearest)
{
    CHECK_FAULTS(faults(graph({{"read", "read"}, {"keep", "discard"}}, {{"reed.out", "keep.in"}})),
                 "/edges/0/from: unknown node \"reed\"; did you mean \"read\"?",
                 "/nodes/read: reaches no publisher; a way to one was expected");
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}}, {{"r.ot", "d.inn"}})),
                 "/edges/0/from: \"r\" has no output \"ot\"; did you mean \"out\"?",
                 "/edges/0/to: \"d\" has no input \"inn\"; did you mean \"in\"?",
                 "/nodes/d/in: required input is not wired; an edge to \"d.in\" was expected");
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"d", "discard"}}, {{"r.out", "d.in"}, {"r.in", "d.in"}})),
        "/edges/1/from: \"r\" has no output \"in\"; \"out\" or \"error\" was expected");
}

BOOST_AUTO_TEST_CASE(know_the_outputs_that_parameters_name)
{
    const auto split = [](const std::string& params, const char* port)
    {
        return faults(graph({{"r", "read"},
                             {"s", R"({"component": "sample/split", "params": )" + params + "}"},
                             {"d", "discard"}},
                            {{"r.out", "s.in"}, {port, "d.in"}}));
    };
    CHECK_FAULTS(split(R"({"to": ["a", "b"]})", "s.b"));
    CHECK_FAULTS(split("{}", "s.right"));
    CHECK_FAULTS(split("{}", "s.rest"));
    CHECK_FAULTS(split(R"({"to": ["abcd", "b"]})", "s.abdc"),
                 "/edges/1/from: \"s\" has no output \"abdc\"; did you mean \"abcd\"?");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
