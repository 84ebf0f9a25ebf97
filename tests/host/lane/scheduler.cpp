// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/scheduler.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(scheduler_runs)

using penstock::host::scheduler;
using namespace std::chrono_literals;

namespace
{

using clock_type = scheduler::clock;

// Runs on a thread of its own, because a scheduler takes its thread over.
template <class Body>
void on_a_thread(Body body)
{
    std::thread(body).join();
}

clock_type::time_point never(clock_type::time_point)
{
    return clock_type::time_point::max();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_highest_rank_that_is_ready_first)
{
    std::vector<int> order;
    on_a_thread(
        [&]
        {
            scheduler fibers(3, never);
            for (std::size_t rank = 0; rank < 3; ++rank)
                fibers.spawn(rank, 64 * 1024,
                             [&, rank] { order.push_back(static_cast<int>(rank)); });
            fibers.join();
        });
    BOOST_TEST(order == (std::vector<int>{2, 1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_lower_rank_now_and_then_though_a_higher_one_only_yields)
{
    bool has_run = false;
    on_a_thread(
        [&]
        {
            scheduler fibers(2, never);
            fibers.spawn(1, 64 * 1024,
                         [&]
                         {
                             const auto end = clock_type::now() + 10s;
                             while (!has_run && clock_type::now() < end)
                                 fibers.yield();
                             BOOST_TEST(has_run);
                         });
            fibers.spawn(0, 64 * 1024, [&] { has_run = true; });
            fibers.join();
        });
}

BOOST_AUTO_TEST_CASE(a_lower_rank_now_and_then_though_higher_ones_wake_each_other)
{
    std::vector<std::size_t> low;
    on_a_thread(
        [&]
        {
            scheduler fibers(4, never);
            const auto wake_each_other = [&](std::size_t other)
            {
                for (int i = 0; i < 100'000 && low.size() < 2; ++i)
                {
                    fibers.wake(other);
                    fibers.suspend();
                }
                BOOST_TEST(low.size() == 2U);
                fibers.wake(other);
            };
            fibers.spawn(3, 64 * 1024, [&] { wake_each_other(2); });
            fibers.spawn(2, 64 * 1024, [&] { wake_each_other(3); });
            for (const std::size_t rank : {1U, 0U})
                fibers.spawn(rank, 64 * 1024, [&, rank] { low.push_back(rank); });
            fibers.join();
        });
    BOOST_TEST(low == (std::vector<std::size_t>{1, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(five_thousand_ranks)
{
    constexpr std::size_t count = 5000;
    std::vector<std::size_t> order;
    on_a_thread(
        [&]
        {
            scheduler fibers(count, never);
            for (std::size_t rank = 1; rank < count; ++rank)
                fibers.spawn(rank, 16 * 1024,
                             [&, rank]
                             {
                                 fibers.suspend();
                                 order.push_back(rank);
                             });
            fibers.spawn(0, 16 * 1024,
                         [&]
                         {
                             for (std::size_t rank = 1; rank < count; ++rank)
                                 fibers.wake(rank);
                         });
            fibers.join();
        });
    BOOST_TEST(order.size() == count - 1);
    std::size_t out_of_order = 0; // those that had their turn before higher ones
    for (std::size_t i = 1; i < order.size(); ++i)
        out_of_order += order[i - 1] < order[i] ? 1 : 0;
    BOOST_TEST(out_of_order <= count / 16);
}

// The poll may wake the very fiber on whose stack it runs, because that is about to suspend.
BOOST_AUTO_TEST_CASE(a_fiber_that_the_poll_wakes_while_it_suspends)
{
    int suspended = 0;
    on_a_thread(
        [&]
        {
            scheduler* fibers_of_lane = nullptr;
            scheduler fibers(1,
                             [&](clock_type::time_point)
                             {
                                 if (fibers_of_lane != nullptr)
                                     fibers_of_lane->wake(0);
                                 return clock_type::time_point::max();
                             });
            fibers.spawn(0, 64 * 1024,
                         [&]
                         {
                             fibers_of_lane = &fibers;
                             for (; suspended < 1000; ++suspended)
                                 fibers.suspend();
                             fibers_of_lane = nullptr;
                         });
            fibers.join();
        });
    BOOST_TEST(suspended == 1000);
}

BOOST_AUTO_TEST_CASE(a_wake_of_the_running_fiber_ends_its_next_suspension)
{
    bool went_on = false;
    on_a_thread(
        [&]
        {
            scheduler fibers(1, never);
            fibers.spawn(0, 64 * 1024,
                         [&]
                         {
                             fibers.wake(0);
                             fibers.suspend();
                             went_on = true;
                         });
            fibers.join();
        });
    BOOST_TEST(went_on);
}

BOOST_AUTO_TEST_CASE(a_late_wake_of_an_ended_fiber_is_harmless)
{
    bool second_ran = false;
    on_a_thread(
        [&]
        {
            scheduler fibers(2, never);
            fibers.spawn(1, 64 * 1024, [] {});
            fibers.spawn(0, 64 * 1024,
                         [&]
                         {
                             fibers.wake(1);
                             fibers.yield();
                             second_ran = true;
                         });
            fibers.join();
        });
    BOOST_TEST(second_ran);
}

// Boost 1.81 leaves the thread's exception state to whoever runs, so the two would swap.
BOOST_AUTO_TEST_CASE(fibers_that_suspend_while_they_handle_keep_their_own_exceptions)
{
    std::vector<std::string> seen(2);
    on_a_thread(
        [&]
        {
            scheduler fibers(2, never);
            const auto body = [&](std::size_t rank)
            {
                try
                {
                    throw std::runtime_error("of fiber " + std::to_string(rank));
                }
                catch (const std::exception&)
                {
                    fibers.wake(1 - rank);
                    fibers.suspend();
                    try
                    {
                        throw; // the one being handled here, not the other fiber's
                    }
                    catch (const std::exception& mine)
                    {
                        seen[rank] = mine.what();
                    }
                    fibers.wake(1 - rank);
                }
            };
            fibers.spawn(0, 64 * 1024, [&] { body(0); });
            fibers.spawn(1, 64 * 1024, [&] { body(1); });
            fibers.join();
        });
    BOOST_TEST(seen[0] == "of fiber 0");
    BOOST_TEST(seen[1] == "of fiber 1");
}

BOOST_AUTO_TEST_CASE(a_notify_from_another_thread_ends_an_idle_sleep)
{
    std::atomic<bool> posted{false};
    bool woken = false;
    on_a_thread(
        [&]
        {
            scheduler* fibers_of_lane = nullptr;
            scheduler fibers(1,
                             [&](clock_type::time_point)
                             {
                                 if (posted.exchange(false))
                                     fibers_of_lane->wake(0);
                                 return clock_type::time_point::max();
                             });
            fibers_of_lane = &fibers;
            std::thread other(
                [&]
                {
                    posted = true;
                    fibers.notify();
                });
            fibers.spawn(0, 64 * 1024,
                         [&]
                         {
                             fibers.suspend();
                             woken = true;
                         });
            fibers.join();
            other.join();
        });
    BOOST_TEST(woken);
}

BOOST_AUTO_TEST_SUITE_END()
