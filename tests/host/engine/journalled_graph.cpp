// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/full_journal.hpp"
#include "tests/host/engine/kept_entries.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>

BOOST_AUTO_TEST_SUITE(a_journalled_graph)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_CASE(works_off_what_is_committed_and_forgets_it)
{
    scratch_directory folder;
    const auto journal = open(folder);
    collected got;
    bench bench(*journal);
    bench.deploy(straight(got));
    std::shared_ptr<const receipt> told;
    std::promise<commit> committed;
    auto made = to_keep("x");
    made->committed = [&](commit how, const auto&) { committed.set_value(how); };
    BOOST_TEST_REQUIRE((bench.push(std::move(made), &told) == admission::accepted));
    BOOST_TEST((committed.get_future().get() == commit::kept));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == std::vector<std::string>{"x"}, boost::test_tools::per_element());
    BOOST_TEST(told->is_durable());
    BOOST_TEST(told->result().delivered == 1U);
}

BOOST_AUTO_TEST_CASE(leaves_what_an_earlier_run_left_until_it_is_told_to_work_it_off)
{
    scratch_directory folder;
    collected ids;
    {
        const auto journal = open(folder);
        bench bench(*journal);
        bench.deploy(ids_held(ids));
        bench.push(to_keep("first"));
        BOOST_TEST_REQUIRE(ids.wait_for(1));
    }
    const auto journal = open(folder);
    collected got;
    bench bench(*journal);
    bench.graph.defer_left();
    bench.deploy(straight(got));
    std::promise<void> committed;
    auto second = to_keep("second");
    second->committed = [&](commit, const auto&) { committed.set_value(); };
    BOOST_TEST_REQUIRE((bench.push(std::move(second)) == admission::accepted));
    committed.get_future().wait();
    bench.push("at once"); // is not kept, and so overtakes them
    BOOST_TEST_REQUIRE(got.wait_for(1));
    BOOST_TEST(got.texts() == std::vector<std::string>{"at once"},
               boost::test_tools::per_element());
    bench.graph.drain_left();
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == (std::vector<std::string>{"at once", "first", "second"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(works_off_what_an_earlier_run_left_before_what_comes_in_with_the_same_ids)
{
    scratch_directory folder;
    collected first_ids;
    std::vector<std::shared_ptr<const receipt>> left(20);
    {
        const auto journal = open(folder);
        bench bench(*journal);
        bench.deploy(ids_held(first_ids));
        for (int i = 0; i < 20; ++i)
            BOOST_TEST_REQUIRE(
                (bench.push(to_keep(std::to_string(i), "key"), &left[i]) == admission::accepted));
        BOOST_TEST(first_ids.wait_for(20));
        BOOST_TEST(bench.graph.stop(0ms) == 20U);
    }
    const auto journal = open(folder);
    collected second_ids;
    bench bench(*journal);
    BOOST_TEST(bench.graph.pending().entries() == 20U);
    bench.deploy(ids_taken(second_ids));
    BOOST_TEST_REQUIRE((bench.push(to_keep("20", "key")) == admission::accepted));
    BOOST_TEST(bench.settle());
    BOOST_TEST_REQUIRE(second_ids.wait_for(21));
    const std::vector<std::string> all = second_ids.texts();
    const std::vector<std::string> again(all.begin(), all.begin() + 20);
    BOOST_TEST(again == first_ids.texts(), boost::test_tools::per_element());
    for (const auto& each : left)
        BOOST_TEST(bench.receipts.find(each->id())->is_done());
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.pending().bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(works_off_the_journal_too_when_it_stops)
{
    scratch_directory folder;
    const auto journal = open(folder);
    collected got;
    bench bench(*journal, {.memory = 1'000});
    bench.deploy(straight(got));
    int accepted = 0;
    while (accepted < 300)
        if (bench.push(to_keep(std::to_string(accepted))) == admission::accepted)
            ++accepted;
    BOOST_TEST(bench.graph.stop(30s) == 0U);
    BOOST_TEST(got.size() == 300U);
}

BOOST_AUTO_TEST_CASE(tells_a_request_that_the_journal_refused_it_and_gives_its_quota_back)
{
    full_journal journal;
    collected got;
    bench bench(journal);
    bench.deploy(straight(got));
    auto made = to_keep("x");
    std::optional<commit> how;
    made->committed = [&](commit told, const auto&) { how = told; };
    std::shared_ptr<const receipt> told;
    BOOST_TEST((bench.graph.submit(made, &told) == admission::accepted));
    BOOST_TEST((how == commit::refused));
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.pending().bytes() == 0U);
    BOOST_TEST(bench.graph.totals().accepted == 0U);
    BOOST_TEST((bench.receipts.find(told->id()) == nullptr));
    BOOST_TEST(bench.graph.stop(30s) == 0U);
    BOOST_TEST(got.size() == 0U);
}

BOOST_AUTO_TEST_CASE(works_off_what_was_promised_in_memory_even_if_the_journal_refuses_it)
{
    full_journal journal;
    collected got;
    bench bench(journal);
    bench.deploy(straight(got));
    auto made = to_keep("x");
    made->promised = true;
    BOOST_TEST((bench.push(std::move(made)) == admission::accepted));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 1U);
}

BOOST_AUTO_TEST_CASE(gives_what_an_old_version_did_not_work_off_to_the_new_one)
{
    scratch_directory folder;
    const auto journal = open(folder);
    collected ids;
    collected got;
    bench bench(*journal);
    bench.deploy(ids_held(ids));
    for (int i = 0; i < 10; ++i)
        BOOST_TEST_REQUIRE((bench.push(to_keep(std::to_string(i))) == admission::accepted));
    BOOST_TEST(ids.wait_for(10));
    bench.deploy(straight(got), 1, 0ms);
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.size() == 10U);
}

BOOST_AUTO_TEST_SUITE_END()
