// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/kept_entries.hpp"
#include "tests/host/engine/reluctant_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <memory>
#include <thread>

BOOST_AUTO_TEST_SUITE(discard)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(drops_what_waits_in_the_journal_and_in_memory_if_it_is_discarded)
{
    constexpr int count = 50;
    scratch_directory folder;
    const auto journal = open(folder);
    collected ids;
    bench bench(*journal, {.memory = 1'000}); // of nine entries
    bench.deploy(ids_held(ids));
    for (int pushed = 0; pushed < count;)
        pushed += bench.push(to_keep(std::to_string(pushed))) == admission::accepted ? 1 : 0;
    BOOST_TEST_REQUIRE(ids.wait_for(1));
    BOOST_TEST(bench.graph.stop(0ms) == std::size_t{count});
    BOOST_TEST(bench.graph.discard() == 0U);
    BOOST_TEST(bench.graph.in_memory() == 0U);
    BOOST_TEST(journal->kept().pending().empty());
    BOOST_TEST(bench.graph.totals().dropped == std::uint64_t{count});
}

BOOST_AUTO_TEST_CASE(goes_on_discarding_where_a_journal_that_could_not_be_read_ended_it)
{
    constexpr int count = 50;
    scratch_directory folder;
    const auto disk = open(folder);
    reluctant_journal journal(*disk);
    collected ids;
    bench bench(journal, {.memory = 1'000}); // of nine entries
    bench.deploy(ids_held(ids));
    for (int pushed = 0; pushed < count;)
        pushed += bench.push(to_keep(std::to_string(pushed))) == admission::accepted ? 1 : 0;
    BOOST_TEST_REQUIRE(ids.wait_for(1));
    BOOST_TEST(bench.graph.stop(0ms) == std::size_t{count});
    for (const bool is_first : {true, false})
    {
        journal.reads_before_trouble = is_first ? 0 : 1; // some of it is read the second time
        BOOST_CHECK_THROW(static_cast<void>(bench.graph.discard()), journal_error);
        BOOST_TEST(bench.graph.pending().entries() > 0U);
    }
    journal.reads_before_trouble = -1;
    journal.flushes = false;
    BOOST_CHECK_THROW(static_cast<void>(bench.graph.discard()), journal_error); // not on disk
    journal.flushes = true;
    BOOST_TEST(bench.graph.discard() == 0U);
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.in_memory() == 0U);
    BOOST_TEST(disk->kept().pending().empty());
    BOOST_TEST(bench.graph.totals().dropped == std::uint64_t{count});
}

BOOST_AUTO_TEST_CASE(runs_what_is_left_when_only_some_of_it_was_discarded)
{
    constexpr int count = 50;
    scratch_directory folder;
    const auto disk = open(folder);
    reluctant_journal journal(*disk);
    collected ids;
    bench bench(journal, {.memory = 1'000}); // of nine entries
    bench.deploy(ids_held(ids));
    for (int pushed = 0; pushed < count;)
        pushed += bench.push(to_keep(std::to_string(pushed))) == admission::accepted ? 1 : 0;
    BOOST_TEST_REQUIRE(ids.wait_for(1));
    BOOST_TEST(bench.graph.stop(0ms) == std::size_t{count});
    journal.reads_before_trouble = 1;
    BOOST_CHECK_THROW(static_cast<void>(bench.graph.discard()), journal_error);
    journal.reads_before_trouble = -1;
    collected taken;
    bench.deploy(ids_taken(taken));
    BOOST_TEST(bench.settle());
    const graph_totals totals = bench.graph.totals();
    BOOST_TEST(totals.dropped > 0U);
    BOOST_TEST(totals.delivered > 0U);
    BOOST_TEST(totals.dropped + totals.delivered == std::uint64_t{count});
}

BOOST_AUTO_TEST_CASE(discards_what_a_node_in_blocking_work_holds_once_it_has_come_back)
{
    memory_journal journal;
    std::promise<void> release;
    std::shared_future<void> released = release.get_future().share();
    collected held;
    bench bench(journal);
    plan_builder plan;
    plan.door()
        .function(
            "stuck",
            [&](input& in, output&, function_component& self)
            {
                while (auto packet = in.receive())
                {
                    held.add("one");
                    blocking([&] { released.wait(); });
                    self.deliver(std::move(*packet));
                }
            },
            category::publisher)
        .edge("door.out", "stuck.in");
    bench.deploy(plan);
    for (const char* const each : {"a", "b", "c"})
        BOOST_TEST((bench.push(to_keep(each)) == admission::accepted));
    BOOST_TEST_REQUIRE(held.wait_for(1));
    BOOST_TEST(bench.graph.stop(0ms) > 0U);
    BOOST_TEST(bench.graph.discard() > 0U); // it is not taken out of the node's hands
    release.set_value();
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (bench.graph.discard() != 0U && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.settle());
}

BOOST_AUTO_TEST_SUITE_END()
