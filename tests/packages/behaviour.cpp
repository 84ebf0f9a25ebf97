// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What a component does in a graph of its own.
#include "tests/packages/cases.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <thread>

namespace penstock::host::tests
{

namespace
{

using clock = std::chrono::steady_clock;

// Waits until something is so, or a deadline passes; returns whether it is.
template <class Condition>
bool wait_until(Condition&& is_so)
{
    const clock::time_point deadline = clock::now() + 20s;
    while (!is_so())
    {
        if (clock::now() > deadline)
            return false;
        std::this_thread::yield();
    }
    return true;
}

void check_log(tests::bench& bench)
{
    for (const std::string& line : bench.log.texts())
        BOOST_ERROR("log: " << line);
}

} // namespace

void ends_at_end_of_stream(const component_type& type, const exercise& how)
{
    constexpr std::size_t requests = 20;
    const outcome result = run_requests(type, how, how.sample ? requests : 0, 1);
    BOOST_TEST(result.settled);
    BOOST_TEST(result.left == 0U);
    BOOST_TEST(result.log == std::vector<std::string>(), boost::test_tools::per_element());
    if (how.sample)
        BOOST_TEST(result.results.size() >= requests);
}

void stops_when_cancelled_in_the_middle(const component_type& type, const exercise& how)
{
    constexpr std::size_t requests = 600;
    const workplace place;
    std::unique_ptr<captured_output> capture;
    if (how.prepare)
        how.prepare();
    if (how.prints)
        capture = std::make_unique<captured_output>();
    {
        stage stage(type, how, collector::gate::closed);
        running_graph& graph = stage.bench().graph;
        stage.deploy(1);
        for (std::size_t request = 0; how.sample && request < requests; ++request)
            stage.push(request);
        const bool began = wait_until(
            [&]
            {
                if (type.ends())
                    return graph.totals().done > 0;
                return stage.queued() >= 256; // the edge behind it is full
            });
        const clock::time_point begin = clock::now();
        const std::size_t left = graph.stop(0ms);
        const auto took = clock::now() - begin;
        const std::uint64_t accepted = graph.totals().accepted;
        const std::uint64_t done = graph.totals().done;

        // What was left is done once there is a new version.
        stage.deploy_with_open_gate(1);
        const bool settled = stage.settle();
        const std::size_t left_at_the_end = graph.stop(20s);
        capture.reset();
        BOOST_TEST(began);
        BOOST_TEST((took < 1s));
        BOOST_TEST(left + done == accepted);
        BOOST_TEST(settled);
        BOOST_TEST(left_at_the_end == 0U);
        BOOST_TEST(graph.totals().done == graph.totals().accepted);
        check_log(stage.bench());
    }
}

void survives_an_empty_packet(const component_type& type, const exercise& how)
{
    if (!how.sample)
        return; // a source takes none
    const workplace place;
    if (how.prepare)
        how.prepare();
    std::unique_ptr<captured_output> capture;
    if (how.prints)
        capture = std::make_unique<captured_output>();
    stage stage(type, how);
    stage.deploy(1);
    stage.push(0);
    stage.push(packet());
    if (!type.starts() || type.description.takes_triggers)
        stage.push(packet(), true);
    stage.push(0);
    const bool settled = stage.settle();
    const std::size_t restarts = stage.restarts();
    capture.reset();
    BOOST_TEST(settled);
    BOOST_TEST(restarts == 0U);
    BOOST_TEST((stage.bench().graph.state() == graph_state::running));
    const std::vector<std::string> fates = stage.fates();
    BOOST_TEST(fates.front().find("dead 0") != std::string::npos, fates.front());
    BOOST_TEST(fates.back() == fates.front());
    check_log(stage.bench());
}

} // namespace penstock::host::tests
