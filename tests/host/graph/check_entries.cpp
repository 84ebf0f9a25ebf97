// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/graph/graph_faults.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(checks_of_entries)

using namespace penstock::host::checks;

BOOST_AUTO_TEST_CASE(allow_an_adapter_behind_another_or_behind_a_source)
{
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"b", "read"}, {"d", "discard"}},
                              {{"a.out", "b.in"}, {"b.out", "d.in"}})));
    CHECK_FAULTS(faults(graph({{"s", "source"}, {"b", "read"}, {"d", "discard"}},
                              {{"s.out", "b.in"}, {"b.out", "d.in"}})));
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"b", "read"}, {"d", "discard"}},
                              {{"a.error", "b.in"}, {"a.out", "d.in"}, {"b.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(find_that_all_adapters_are_fed_by_nodes_that_nothing_reaches)
{
    CHECK_FAULTS(
        faults(graph({{"p", "pass"}, {"r", "read"}, {"d", "discard"}},
                     {{"p.out", "r.in"}, {"r.out", "d.in"}})),
        "/nodes/p/in: required input is not wired; an edge to \"p.in\" was expected",
        "/nodes: has no source, and no adapter whose \"in\" is not wired; at least one source, or "
        "adapter that the host feeds, was expected",
        "/nodes/p: no adapter or source reaches it; a way from one was expected",
        "/nodes/r: no adapter or source reaches it; a way from one was expected",
        "/nodes/d: no adapter or source reaches it; a way from one was expected");
}

BOOST_AUTO_TEST_CASE(find_an_adapter_that_only_unreached_nodes_feed_beside_one_that_is_an_entry)
{
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"p", "pass"}, {"r", "read"}, {"d", "discard"}},
                              {{"a.out", "d.in"}, {"p.out", "r.in"}, {"r.out", "d.in"}})),
                 "/nodes/p/in: required input is not wired; an edge to \"p.in\" was expected",
                 "/nodes/p: no adapter or source reaches it; a way from one was expected",
                 "/nodes/r: no adapter or source reaches it; a way from one was expected");
}

BOOST_AUTO_TEST_CASE(find_a_fed_adapter_that_reaches_no_publisher)
{
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"b", "read"}, {"d", "discard"}},
                              {{"a.out", "b.in"}, {"a.out", "d.in"}})),
                 "/nodes/b: reaches no publisher; a way to one was expected");
}

BOOST_AUTO_TEST_CASE(tell_a_cycle_through_an_adapter_once)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"p", "pass"}, {"d", "discard"}},
                              {{"r.out", "p.in"}, {"p.out", "r.in"}, {"p.out", "d.in"}})),
                 "/edges/1: cycle r -> p -> r; edges that lead back to no node were expected");
}

BOOST_AUTO_TEST_CASE(tell_once_that_what_feeds_an_adapter_is_unknown)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}},
                              {{"nobody.out", "r.in"}, {"r.out", "d.in"}})),
                 "/edges/0/from: unknown node \"nobody\"; \"r\" or \"d\" was expected");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
