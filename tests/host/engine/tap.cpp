// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/tap/tap.hpp"

#include "bench.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

constexpr const char* the_edge = "lines.out>sink.in";

// A tap that collects the texts of what it shows.
struct viewer
{
    explicit viewer(std::size_t rate = 1000)
        : watching(std::make_shared<tap>(
              tap::settings{.rate = rate, .max_bytes = 4096},
              [this](const packet_preview& shown)
              {
                  seen.add(packet_from_json(parse_json(shown.json).as_object()).text("text"));
                  return takes.load();
              }))
    {
    }
    ~viewer() { watching->close(); }
    viewer(const viewer&) = delete;
    viewer& operator=(const viewer&) = delete;

    collected seen;
    std::atomic<bool> takes{true};
    std::shared_ptr<tap> watching;
};

struct tapped_graph
{
    tapped_graph() { run.deploy(plan); }

    void push(const std::string& text)
    {
        BOOST_TEST((run.push(text) == admission::accepted));
        BOOST_TEST(run.settle());
    }

    collected arrived;
    plan_builder plan =
        std::move(plan_builder().lines().sink(arrived).edge("lines.out", "sink.in"));
    bench run;
};

using texts = std::vector<std::string>;

} // namespace

BOOST_FIXTURE_TEST_SUITE(a_tap, tapped_graph)

BOOST_AUTO_TEST_CASE(shows_each_packet_that_enters_its_edge)
{
    viewer looks;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("one\ntwo\nthree");
    BOOST_TEST(looks.seen.texts() == (texts{"one", "two", "three"}),
               boost::test_tools::per_element());
    BOOST_TEST(looks.watching->take_dropped() == 0U);
    BOOST_TEST(arrived.size() == 3U);
}

BOOST_AUTO_TEST_CASE(shows_no_more_than_its_rate_and_counts_the_rest)
{
    viewer looks(2);
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("1\n2\n3\n4\n5");
    BOOST_TEST(looks.seen.texts() == (texts{"1", "2"}), boost::test_tools::per_element());
    BOOST_TEST(looks.watching->take_dropped() == 3U);
    BOOST_TEST(looks.watching->take_dropped() == 0U);
    BOOST_TEST(arrived.size() == 5U);
}

BOOST_AUTO_TEST_CASE(shows_all_viewers_one_preview)
{
    std::vector<const packet_preview*> seen;
    std::vector<std::shared_ptr<tap>> taps;
    for (int i = 0; i < 3; ++i)
    {
        taps.push_back(std::make_shared<tap>(tap::settings{.rate = 1000, .max_bytes = 4096},
                                             [&](const packet_preview& shown)
                                             {
                                                 seen.push_back(&shown);
                                                 return true;
                                             }));
        BOOST_TEST(run.graph.add_tap(the_edge, taps.back()));
    }
    push("one");
    for (const auto& each : taps)
        each->close();
    BOOST_REQUIRE(seen.size() == 3U);
    BOOST_TEST((seen[0] == seen[1] && seen[1] == seen[2]));
}

// Two hundred viewers of one edge slowed its graph down a hundredfold.
BOOST_AUTO_TEST_CASE(shows_no_more_than_all_viewers_may_see)
{
    const auto budget = std::make_shared<tap_budget>(10 * tap_budget::least);
    std::atomic<std::size_t> shown = 0;
    std::vector<std::shared_ptr<tap>> taps;
    for (int i = 0; i < 200; ++i)
    {
        taps.push_back(
            std::make_shared<tap>(tap::settings{.rate = 1000, .max_bytes = 4096, .budget = budget},
                                  [&](const packet_preview&)
                                  {
                                      ++shown;
                                      return true;
                                  }));
        BOOST_TEST(run.graph.add_tap(the_edge, taps.back()));
    }
    const auto begin = std::chrono::steady_clock::now();
    push("1\n2\n3\n4\n5\n6\n7\n8\n9");
    const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
    for (const auto& each : taps)
        each->close();
    BOOST_TEST(shown > 0U);
    BOOST_TEST(static_cast<double>(shown) <= 10 * (time.count() + 1)); // of 1,800
    BOOST_TEST(arrived.size() == 9U);
}

BOOST_AUTO_TEST_CASE(counts_what_nobody_took)
{
    viewer looks;
    looks.takes = false;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("1\n2\n3");
    BOOST_TEST(looks.watching->take_dropped() == 3U);
    BOOST_TEST(arrived.size() == 3U);
}

BOOST_AUTO_TEST_CASE(shows_nothing_once_closed)
{
    viewer looks;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("before");
    looks.watching->close();
    push("after");
    BOOST_TEST(looks.seen.texts() == texts{"before"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_an_edge_that_is_not_there_is_refused)
{
    viewer looks;
    BOOST_TEST(!run.graph.add_tap("lines.out>nowhere.in", looks.watching));
}

BOOST_AUTO_TEST_CASE(goes_on_in_the_next_version)
{
    viewer looks;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("old");
    run.deploy(plan);
    push("new");
    BOOST_TEST(looks.seen.texts() == (texts{"old", "new"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(may_wait_for_a_graph_that_does_not_run)
{
    run.graph.stop(10s);
    viewer looks;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    run.deploy(plan);
    push("now");
    BOOST_TEST(looks.seen.texts() == texts{"now"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(does_not_keep_a_graph_from_stopping)
{
    viewer looks;
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
    push("x");
    BOOST_TEST(run.graph.stop(10s) == 0U);
    BOOST_TEST(run.graph.add_tap(the_edge, looks.watching));
}

BOOST_AUTO_TEST_CASE(of_one_edge_may_be_several)
{
    viewer first;
    viewer second(1);
    BOOST_TEST(run.graph.add_tap(the_edge, first.watching));
    BOOST_TEST(run.graph.add_tap(the_edge, second.watching));
    push("1\n2");
    BOOST_TEST(first.seen.size() == 2U);
    BOOST_TEST(second.seen.size() == 1U);
}

BOOST_AUTO_TEST_CASE(shows_packets_of_error_edges_too)
{
    collected failures;
    run.deploy(plan_builder()
                   .lines()
                   .function("broken",
                             [](input& in, output&, function_component& self)
                             {
                                 while (auto packet = in.receive())
                                     self.fail(std::move(*packet), "broken");
                             })
                   .sink(failures)
                   .edge("lines.out", "broken.in")
                   .edge("broken.error", "sink.in"));
    viewer looks;
    BOOST_TEST(run.graph.add_tap("broken.error>sink.in", looks.watching));
    push("x");
    BOOST_TEST(looks.seen.texts() == texts{"x"}, boost::test_tools::per_element());
}

// Lanes pass packets, taps come and go, versions change: nothing is lost or waits for anything.
BOOST_AUTO_TEST_CASE(may_come_and_go_while_lanes_work_and_versions_change)
{
    run.deploy(plan, 2);
    std::atomic<bool> over{false};
    std::thread comes_and_goes(
        [&]
        {
            while (!over)
            {
                viewer looks(50);
                static_cast<void>(run.graph.add_tap(the_edge, looks.watching));
            }
        });
    std::size_t sent = 0;
    for (int version = 0; version < 10; ++version)
    {
        for (int i = 0; i < 50; ++i, sent += 4)
            BOOST_TEST_REQUIRE((run.push("1\n2\n3\n4") == admission::accepted));
        run.deploy(plan, 2);
    }
    BOOST_TEST(run.settle());
    over = true;
    comes_and_goes.join();
    BOOST_TEST(arrived.size() == sent);
}

BOOST_AUTO_TEST_SUITE_END()
