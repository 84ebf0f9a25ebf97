// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/graph_run.hpp"
#include "tests/host/engine/graphs/random_graph_text.hpp"
#include "tests/host/engine/graphs/simpler_graphs.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

// Random graphs, and the same worked out by a model: both end each request alike.
//
// PENSTOCK_GRAPHS sets how many are tried, PENSTOCK_SEED the first. One that differs is made as
// simple as possible, and printed.

BOOST_AUTO_TEST_SUITE(random_graphs)

using namespace penstock::host::tests;
using namespace std::chrono_literals;

namespace
{

std::uint64_t number_of(const char* variable, std::uint64_t usual)
{
    const char* const text = std::getenv(variable);
    return text == nullptr ? usual : std::stoull(text);
}

// Takes each step that leaves a difference. What differs by chance may need another try.
random_graph shrunk(random_graph graph)
{
    for (int tries = 0; tries < 200;)
    {
        bool is_simpler = false;
        for (random_graph& each : simpler_graphs(graph))
        {
            ++tries;
            if (run_and_compare(each, 2s).empty() && run_and_compare(each, 2s).empty())
                continue;
            graph = std::move(each);
            is_simpler = true;
            break;
        }
        if (!is_simpler)
            break;
    }
    return graph;
}

random_node made_node(act does, receiving waits, std::uint64_t every, std::uint16_t attempts = 1,
                      random_outage away = {})
{
    random_node made;
    made.does = does;
    made.waits = waits;
    made.every = every;
    made.attempts = attempts;
    made.away = away;
    return made;
}

// A graph whose nodes stand in a row, behind an adapter.
random_graph row_of(const std::vector<random_node>& nodes, const std::vector<std::size_t>& packets)
{
    random_graph made;
    made.nodes.push_back(made_node(act::adapt, receiving::one, 2));
    for (const random_node& each : nodes)
    {
        random_edge edge;
        edge.from = made.nodes.size() - 1;
        edge.to = made.nodes.size();
        made.edges.push_back(edge);
        made.nodes.push_back(each);
    }
    for (const std::size_t each : packets)
        made.requests.push_back({.packets = each});
    return made;
}

void must_be_as_modelled(const random_graph& graph)
{
    for (int i = 0; i < 5; ++i) // what differs by chance
        BOOST_TEST_REQUIRE(run_and_compare(graph, 20s) == "");
}

} // namespace

// Graphs that differed from their model once, as simple as possible.

BOOST_AUTO_TEST_CASE(end_what_a_window_sends_behind_the_end_of_its_request)
{
    must_be_as_modelled(row_of(
        {made_node(act::window, receiving::until, 2), made_node(act::pass, receiving::requests, 2)},
        {1, 5}));
}

BOOST_AUTO_TEST_CASE(give_a_packet_its_last_try_alone_though_what_it_goes_to_was_away)
{
    const random_outage away{.every = 10, .asks = 3};
    for (const receiving waits : {receiving::some, receiving::requests})
    {
        must_be_as_modelled(row_of({made_node(act::raise, waits, 4, 2, away)}, {196, 25}));
        must_be_as_modelled(row_of({made_node(act::raise, waits, 4, 3, away)}, {196, 25}));
    }
}

BOOST_AUTO_TEST_CASE(give_a_packet_its_last_try_alone_though_a_request_ends_with_the_input)
{
    random_graph graph =
        row_of({made_node(act::deliver_or_raise, receiving::requests, 6, 2)}, {1, 13, 7, 835});
    graph.events.push_back({.what = happening::restart, .before = 4});
    must_be_as_modelled(graph);
}

BOOST_AUTO_TEST_CASE(end_a_request_behind_those_of_its_packets_that_are_received_again_as_a_request)
{
    must_be_as_modelled(row_of({made_node(act::raise, receiving::requests, 10, 2),
                                made_node(act::group, receiving::requests, 2)},
                               {71}));
}

BOOST_AUTO_TEST_CASE(end_each_request_as_their_model_says)
{
    const std::uint64_t count = number_of("PENSTOCK_GRAPHS", 100);
    const std::uint64_t first = number_of("PENSTOCK_SEED", 1);
    std::uint64_t requests = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed)
    {
        const random_graph graph = make_random_graph(seed);
        requests += graph.requests.size();
        std::string difference = run_and_compare(graph, 20s);
        if (!difference.empty())
        {
            const random_graph small = shrunk(graph);
            difference = "PENSTOCK_SEED=" + std::to_string(seed) + ": " + difference +
                         "\nas simple as possible:\n" + to_text(small) + run_and_compare(small, 2s);
        }
        BOOST_TEST_REQUIRE(difference == "");
    }
    BOOST_TEST_MESSAGE(count << " graphs, " << requests << " requests, 0 differ from the model");
}

BOOST_AUTO_TEST_SUITE_END()
