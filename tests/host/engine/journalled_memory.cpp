// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// A journalled graph whose memory is short.
#include "tests/host/engine/kept_entries.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <set>
#include <thread>

BOOST_AUTO_TEST_SUITE(a_journalled_graph)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

std::vector<std::string> numbers(int from, int to)
{
    std::vector<std::string> list;
    for (int i = from; i < to; ++i)
        list.push_back(std::to_string(i));
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(works_on_each_once_if_only_some_wait_for_the_journal_and_memory_is_short)
{
    constexpr std::size_t count = 4'000;
    scratch_directory folder;
    const auto journal = open(folder);
    collected got;
    bench bench(*journal, {.memory = 1'000}); // of nine entries
    bench.deploy(straight(got));
    std::size_t pushed = 0;
    while (pushed < count)
    {
        auto made = to_keep(std::to_string(pushed));
        made->promised = pushed % 3 != 0;
        if (bench.push(std::move(made)) == admission::accepted)
            ++pushed;
    }
    BOOST_TEST_REQUIRE(got.wait_for(count));
    BOOST_TEST(bench.settle());
    const std::vector<std::string> texts = got.texts();
    BOOST_TEST(texts.size() == count);
    BOOST_TEST(std::set<std::string>(texts.begin(), texts.end()).size() == count);
    BOOST_TEST(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.in_memory() == 0U);
}

BOOST_AUTO_TEST_CASE(says_which_node_holds_all_that_memory_has_room_for)
{
    scratch_directory folder;
    const auto journal = open(folder);
    collected ids;
    bench shared(*journal);
    graph_services services = shared.services();
    services.run.limits.standstill = 20ms;
    running_graph graph("held", {.memory = 1'000}, services); // of nine entries
    BOOST_TEST_REQUIRE(!graph.deploy(ids_held(ids).build(), 1, 0ms));
    for (int pushed = 0; pushed < 50;)
    {
        auto made = to_keep(std::to_string(pushed));
        pushed += graph.submit(made) == admission::accepted ? 1 : 0;
    }
    const auto says_it = [&]
    {
        const std::vector<wait_report> found = graph.standstills();
        return !found.empty() &&
               found.front().what.find(
                   "\"hold\" waits for packets at \"in\" from \"door\", and may hold ") !=
                   std::string::npos &&
               found.front().what.ends_with("below half of 1000 (pending_memory)");
    };
    const auto deadline = std::chrono::steady_clock::now() + 20s;
    while (!says_it() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    BOOST_TEST(says_it());
    BOOST_TEST(graph.stop(0ms) == 50U);
}

BOOST_AUTO_TEST_CASE(has_as_many_requests_in_memory_as_its_file_says)
{
    constexpr std::size_t memory = std::size_t{1} << 20;
    scratch_directory folder;
    const auto journal = open(folder);
    collected ids;
    bench bench(*journal, {.memory = 1'000}); // of nine entries
    bench.deploy(ids_held(ids).pending_memory(memory));
    BOOST_TEST(bench.graph.pending().memory() == memory);
    for (int pushed = 0; pushed < 50;)
        pushed += bench.push(to_keep(std::to_string(pushed))) == admission::accepted ? 1 : 0;
    BOOST_TEST(ids.wait_for(50));
    bench.deploy(ids_held(ids), 1, 0ms);
    BOOST_TEST(bench.graph.pending().memory() == 1'000U);
}

BOOST_AUTO_TEST_CASE(reads_back_in_order_what_memory_had_no_room_for)
{
    scratch_directory folder;
    const auto journal = open(folder);
    std::promise<void> gate;
    collected got;
    bench bench(*journal, {.memory = 1'000}); // some nine entries
    plan_builder slow;
    slow.door()
        .function("gate",
                  [open = gate.get_future().share()](input& in, output& out, function_component&)
                  {
                      while (auto packet = in.receive())
                      {
                          blocking([&] { open.wait(); });
                          out.send(std::move(*packet));
                      }
                  })
        .sink(got)
        .edge("door.out", "gate.in", 4)
        .edge("gate.out", "sink.in", 4);
    bench.deploy(slow);
    int accepted = 0;
    while (accepted < 300)
        if (bench.push(to_keep(std::to_string(accepted), "key")) == admission::accepted)
            ++accepted;
    BOOST_TEST(bench.graph.pending().entries() == 300U);
    gate.set_value();
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts() == numbers(0, 300), boost::test_tools::per_element());
    BOOST_TEST((bench.push(to_keep("after", "key")) == admission::accepted));
    BOOST_TEST(bench.settle());
    BOOST_TEST(got.texts().back() == "after");
}

BOOST_AUTO_TEST_SUITE_END()
