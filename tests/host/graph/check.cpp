// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/check.hpp"
#include "tests/host/graph/graph_faults.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(find_nothing_wrong_with_a_graph_that_runs)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"p", "pass"}, {"d", "discard"}},
                              {{"r.out", "p.in"}, {"p.out", "d.in"}})));
    CHECK_FAULTS(faults(graph({{"s", "source"}, {"d", "discard"}}, {{"s.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(allow_fan_out_and_fan_in)
{
    CHECK_FAULTS(faults(
        graph({{"r", "read"}, {"p", "pass"}, {"q", "pass"}, {"d", "discard"}},
              {{"r.out", "p.in"}, {"r.out", "q.in"}, {"p.out", "d.in"}, {"q.out", "d.in"}})));
    CHECK_FAULTS(faults(graph(
        {{"r", "read"}, {"s", "split"}, {"j", "join"}, {"d", "discard"}},
        {{"r.out", "s.in"}, {"s.left", "j.left"}, {"s.right", "j.right"}, {"j.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(tell_a_name_that_is_none_once)
{
    for (const std::string name : {"toString", "__proto__", "a.b"})
        CHECK_FAULTS(faults(graph({{"r", "read"}, {name.c_str(), "pass"}, {"d", "discard"}},
                                  {{"r.out", (name + ".in").c_str()},
                                   {(name + ".out").c_str(), "d.in"},
                                   {(name + ".error").c_str(), "d.in"}})),
                     "/nodes/" + name + ": \"" + name +
                         "\" is not a name; [a-z][a-z0-9_]* was expected");
    CHECK_FAULTS(
        faults(graph({{"constructor", "read"}, {"d", "discard"}}, {{"constructor.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(allow_chains_that_do_not_meet)
{
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"b", "discard"}, {"c", "source"}, {"d", "discard"}},
                              {{"a.out", "b.in"}, {"c.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(find_a_graph_without_nodes)
{
    CHECK_FAULTS(faults(graph({}, {})),
                 "/nodes: is empty; at least one adapter or source was expected");
}

BOOST_AUTO_TEST_CASE(find_a_graph_that_nothing_starts)
{
    CHECK_FAULTS(
        faults(graph({{"p", "pass"}, {"d", "discard"}}, {{"p.out", "d.in"}})),
        "/nodes/p/in: required input is not wired; an edge to \"p.in\" was expected",
        "/nodes: has no adapter and no source; at least one adapter or source was expected",
        "/nodes/p: no adapter or source reaches it; a way from one was expected",
        "/nodes/d: no adapter or source reaches it; a way from one was expected");
}

BOOST_AUTO_TEST_CASE(find_a_lone_node)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}, {"x", "discard"}, {"y", "source"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/x/in: required input is not wired; an edge to \"x.in\" was expected",
                 "/nodes/x: no adapter or source reaches it; a way from one was expected",
                 "/nodes/y: reaches no publisher; a way to one was expected");
}

BOOST_AUTO_TEST_CASE(find_an_adapter_that_reaches_no_publisher)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"p", "pass"}}, {{"r.out", "p.in"}})),
                 "/nodes/r: reaches no publisher; a way to one was expected");
}

BOOST_AUTO_TEST_CASE(name_cycles_from_their_first_node)
{
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"a", "pass"}, {"b", "pass"}, {"d", "discard"}},
                     {{"r.out", "b.in"}, {"b.out", "a.in"}, {"a.out", "b.in"}, {"a.out", "d.in"}})),
        "/edges/1: cycle a -> b -> a; edges that lead back to no node were expected");
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"a", "pass"}, {"d", "discard"}},
                              {{"r.out", "a.in"}, {"a.out", "a.in"}, {"a.out", "d.in"}})),
                 "/edges/1: cycle a -> a; edges that lead back to no node were expected");
}

BOOST_AUTO_TEST_CASE(tell_all_that_is_wrong_at_once)
{
    const list found = faults(graph({{"r", R"({"component": "sample/read", "nope": 1})"},
                                     {"p", R"({"component": "sample/pass", "params": {"x": 1}})"},
                                     {"q", R"({"component": "sample/quit"})"},
                                     {"d", "discard"},
                                     {"l", "join"}},
                                    {{"r.out", "p.in"}, {"p.out", "d.im"}, {"x.out", "d.in"}},
                                    R"("partition_by": "/fields/x", )"));
    for (const char* pointer :
         {"/nodes/r/nope: ", "/partition_by: ", "/nodes/p/params/x: ", "/nodes/q/component: ",
          "/edges/1/to: ", "/edges/2/from: ", "/nodes/l/left: ", "/nodes/l: "})
        BOOST_TEST(std::count_if(found.begin(), found.end(),
                                 [&](const std::string& line)
                                 { return line.starts_with(pointer); }) == 1,
                   pointer);
    BOOST_TEST(found.size() == 8u);
}

BOOST_AUTO_TEST_CASE(say_nothing_more_of_what_cannot_be_read)
{
    BOOST_TEST(faults("{").size() == 1u);
    BOOST_TEST(faults("[]").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
