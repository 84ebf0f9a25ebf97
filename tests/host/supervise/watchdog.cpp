// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/watchdog.hpp"

#include "host/supervise/crash_report.hpp"
#include "host/supervise/stack_report.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstdint>
#include <future>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <sched.h>

BOOST_AUTO_TEST_SUITE(watching)

using namespace penstock::host::supervise;
using namespace std::chrono_literals;

namespace
{

const std::vector<named_node> one{{"slow", "a/b@1"}};

std::atomic<std::uint64_t> taken{0};

std::uint64_t count_taken() noexcept
{
    return taken.load();
}

// Binds the calling thread to the first processor that the process may use.
void share_one_processor(int policy)
{
    cpu_set_t all;
    BOOST_REQUIRE(::sched_getaffinity(0, sizeof all, &all) == 0);
    cpu_set_t first;
    CPU_ZERO(&first);
    for (std::size_t i = 0; i < CPU_SETSIZE && CPU_COUNT(&first) == 0; ++i)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &first);
    BOOST_REQUIRE(::sched_setaffinity(0, sizeof first, &first) == 0);
    const sched_param priority{};
    BOOST_REQUIRE(::sched_setscheduler(0, policy, &priority) == 0);
}

} // namespace

BOOST_AUTO_TEST_CASE(who_runs_on_and_on_is_told_and_then_ended)
{
    shared_memory memory;
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
    lane->record(1).packet = {5, 6};
    lane->record(1).has_packet.store(1);
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
    shared_memory memory;
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
    while (watchdog::clock::now() < end)
    {
        lane->beat();
        std::this_thread::yield();
    }
    BOOST_TEST(told.load() == 0);
}

BOOST_AUTO_TEST_CASE(who_takes_packets_without_giving_control_back_is_told_and_not_ended)
{
    stack_report::install(count_taken);
    shared_memory memory;
    inflight threads(memory);
    std::promise<void> warned;
    std::atomic<bool> may_hang = false;
    std::atomic<bool> was_ended = false;
    std::promise<void> ended;
    watchdog_options options;
    options.warn_after = 50ms;
    options.limit = 400ms;
    options.warn = [&](const node_name&, const std::string&) { warned.set_value(); };
    options.end = [&](const node_name&, std::chrono::milliseconds)
    {
        BOOST_TEST(may_hang.load());
        if (!was_ended.exchange(true))
            ended.set_value();
    };
    const watchdog dog(threads, options);
    std::thread busy(
        [&]
        {
            const auto lane = threads.make_lane("g", one);
            lane->enter();
            lane->run(1);
            for (const auto end = watchdog::clock::now() + 1600ms; watchdog::clock::now() < end;)
                ++taken;
            may_hang = true;
            while (!was_ended) // takes no more
                continue;
        });
    BOOST_TEST((warned.get_future().wait_for(20s) == std::future_status::ready));
    BOOST_TEST((ended.get_future().wait_for(20s) == std::future_status::ready));
    was_ended = true;
    busy.join();
    stack_report::install();
}

BOOST_AUTO_TEST_CASE(who_is_kept_waiting_for_a_processor_is_left_alone)
{
    shared_memory memory;
    inflight threads(memory);
    std::atomic<int> told = 0;
    watchdog_options options;
    options.warn_after = 300ms;
    options.limit = 300ms;
    options.warn = [&](const node_name&, const std::string&) { ++told; };
    options.end = [&](const node_name&, std::chrono::milliseconds) { ++told; };
    const watchdog dog(threads, options);
    std::atomic<bool> is_over = false;
    std::thread rival(
        [&]
        {
            share_one_processor(SCHED_OTHER);
            while (!is_over)
                continue;
        });
    std::thread starved(
        [&]
        {
            share_one_processor(SCHED_IDLE);
            const auto lane = threads.make_lane("g", one);
            lane->enter();
            lane->run(1);
            const auto end = watchdog::clock::now() + 1500ms;
            while (watchdog::clock::now() < end)
                continue;
            lane->rest();
            is_over = true;
        });
    starved.join();
    rival.join();
    BOOST_TEST(told.load() == 0);
}

BOOST_AUTO_TEST_CASE(who_sleeps_with_the_lane_to_itself_is_told)
{
    shared_memory memory;
    inflight threads(memory);
    std::promise<void> warned;
    watchdog_options options;
    options.warn_after = 50ms;
    options.limit = 0ms;
    options.warn = [&](const node_name&, const std::string&) { warned.set_value(); };
    const watchdog dog(threads, options);
    std::thread asleep(
        [&]
        {
            const auto lane = threads.make_lane("g", one);
            lane->enter();
            lane->run(1);
            BOOST_TEST((warned.get_future().wait_for(20s) == std::future_status::ready));
        });
    asleep.join();
}

BOOST_AUTO_TEST_CASE(without_a_limit_it_only_warns)
{
    shared_memory memory;
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
