// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/watchdog.hpp"

#include "host/supervise/crash_report.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(watching)

using namespace penstock::host::supervise;
using namespace std::chrono_literals;

namespace
{

const std::vector<named_node> one{{"slow", "a/b@1"}};

} // namespace

BOOST_AUTO_TEST_CASE(who_runs_on_and_on_is_told_and_then_ended)
{
    page memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", one);
    std::promise<std::string> warned, ended;
    std::atomic<bool> was_ended = false;
    watchdog_options options;
    options.warn_after = 50ms;
    options.limit = 300ms;
    options.warn = [&](const node_name& who, const std::string& text)
    { warned.set_value(who.node + " " + text); };
    options.end = [&](const node_name& who, std::chrono::milliseconds)
    {
        if (!was_ended.exchange(true))
            ended.set_value(who.component);
    };
    const auto begin = watchdog::clock::now();
    const watchdog dog(threads, options);
    lane->run(1);
    lane->record(1).hand.take({5, 6});
    auto first = warned.get_future();
    BOOST_REQUIRE((first.wait_for(20s) == std::future_status::ready));
    BOOST_TEST(first.get().starts_with("slow has kept its lane to itself for "));
    auto second = ended.get_future();
    BOOST_REQUIRE((second.wait_for(20s) == std::future_status::ready));
    BOOST_TEST(second.get() == "a/b@1");
    BOOST_TEST((watchdog::clock::now() - begin >= 300ms));
    const auto report = last_crash(memory);
    BOOST_REQUIRE(report.has_value());
    BOOST_TEST(report->reason == "ran for 300 ms");
    BOOST_TEST((report->packet == penstock::packet_id{5, 6}));
}

BOOST_AUTO_TEST_CASE(who_gives_control_back_now_and_then_is_left_alone)
{
    page memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", one);
    std::atomic<int> told = 0;
    watchdog_options options;
    options.warn_after = 400ms;
    options.limit = 400ms;
    options.warn = [&](const node_name&, const std::string&) { ++told; };
    options.end = [&](const node_name&, std::chrono::milliseconds) { ++told; };
    const watchdog dog(threads, options);
    lane->run(1);
    const auto end = watchdog::clock::now() + 1200ms;
    for (unsigned n = 0; watchdog::clock::now() < end; ++n)
    {
        if (n % 2 == 0)
            lane->beat();
        else
            lane->record(1).hand.take({n, n});
        std::this_thread::yield();
    }
    BOOST_TEST(told.load() == 0);
}

BOOST_AUTO_TEST_CASE(without_a_limit_it_only_warns)
{
    page memory;
    inflight threads(memory);
    const auto lane = threads.make_lane("g", one);
    std::promise<void> warned;
    watchdog_options options;
    options.warn_after = 10ms;
    options.limit = 0ms;
    options.warn = [&](const node_name&, const std::string&) { warned.set_value(); };
    options.end = [&](const node_name&, std::chrono::milliseconds) { BOOST_ERROR("ended"); };
    const watchdog dog(threads, options);
    lane->run(1);
    BOOST_TEST((warned.get_future().wait_for(20s) == std::future_status::ready));
}

BOOST_AUTO_TEST_SUITE_END()
