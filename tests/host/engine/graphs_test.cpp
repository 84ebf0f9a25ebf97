// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graph_run.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdlib>

// Random graphs, and the same worked out by a model: both end each request alike.
//
// PENSTOCK_GRAPHS sets how many are tried, PENSTOCK_SEED the first. One that differs is made as simple
// as possible, and printed.

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

} // namespace

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
