// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What sources refuse while the dead letters of their graph have no room.
#include "tests/host/engine/source/sources.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <thread>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(refusals_of_sources)

namespace
{

constexpr quota_limits one_letter{.dead_letters = 1};

// Whether a node waits before the deadline.
bool has_waiting_node(const running_graph& graph)
{
    const auto deadline = std::chrono::steady_clock::now() + 30s;
    while (graph.waiting_nodes().empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    return !graph.waiting_nodes().empty();
}

} // namespace

BOOST_AUTO_TEST_CASE(wait_for_room_for_dead_letters_and_are_named_meanwhile)
{
    upstream all(3);
    all.refuse_all();
    collected got;
    bench bench(one_letter);
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    for (std::size_t made = 1; made < 3; ++made)
    {
        BOOST_TEST_REQUIRE(all.wait_for_acknowledgements(made));
        BOOST_TEST_REQUIRE(has_waiting_node(bench.graph));
        BOOST_TEST(bench.graph.waiting_nodes().front().node == "numbers");
        BOOST_TEST(bench.graph.waiting_nodes().front().report.what ==
                   "room for a dead letter of what it refuses");
        BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
        BOOST_TEST(all.acknowledged().size() == made);
        bench.journal.kept().drop(bench.dead_letters().front().id);
    }
    BOOST_TEST(all.wait_for_acknowledgements(3));
    BOOST_TEST(bench.graph.waiting_nodes().empty());
    BOOST_TEST(bench.dead_letters().size() == 1U);
}

BOOST_AUTO_TEST_CASE(wait_for_it_too_when_their_graph_could_never_take_the_packet)
{
    upstream all(2);
    collected got;
    bench bench(quota_limits{.bytes = 100, .dead_letters = 1});
    bench.deploy(from(all).sink(got).edge("numbers.out", "sink.in"));
    BOOST_TEST_REQUIRE(has_waiting_node(bench.graph));
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    bench.journal.kept().drop(bench.dead_letters().front().id);
    BOOST_TEST(all.wait_for_acknowledgements(2));
}

BOOST_AUTO_TEST_CASE(that_wait_do_not_keep_their_graph_from_stopping_and_come_again)
{
    upstream all(3);
    all.refuse_all();
    collected got;
    bench bench(one_letter);
    const plan_builder plan = from(all).sink(got).edge("numbers.out", "sink.in");
    bench.deploy(plan);
    BOOST_TEST_REQUIRE(has_waiting_node(bench.graph));
    BOOST_TEST(bench.graph.stop(30s) == 0U);
    BOOST_TEST(all.acknowledged() == texts_of(0, 1), boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(bench.dead_letters().size() == 1U);
    bench.deploy(plan);
    bench.journal.kept().drop(bench.dead_letters().front().id);
    BOOST_TEST(all.wait_for_acknowledgements(2));
    BOOST_TEST(all.acknowledged() == texts_of(0, 2), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
