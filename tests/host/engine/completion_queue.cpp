// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/completion_queue.hpp"
#include "host/engine/intake/room_queue.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_source_hears)

using penstock::host::completion_queue;
using penstock::host::room_queue;
using penstock::host::source_news;

BOOST_AUTO_TEST_CASE(of_all_ends_since_it_asked_and_is_woken_once)
{
    int wakes = 0;
    completion_queue queue([&] { ++wakes; });
    BOOST_TEST(queue.take().is_empty());
    queue.ended(7, false);
    queue.ended(8, true);
    BOOST_TEST(wakes == 1);
    const source_news news = queue.take();
    const std::vector<std::uint64_t> expected{7, 8};
    BOOST_TEST(news.ended == expected, boost::test_tools::per_element());
    BOOST_TEST(news.any_dead);
    BOOST_TEST(queue.take().is_empty());
}

BOOST_AUTO_TEST_CASE(of_what_comes_before_it_asks_without_being_woken)
{
    int wakes = 0;
    completion_queue queue([&] { ++wakes; });
    queue.ended(1, false);
    BOOST_TEST(wakes == 0);
    BOOST_TEST(!queue.take().is_empty());
}

BOOST_AUTO_TEST_CASE(that_entries_were_abandoned_for_good)
{
    completion_queue queue([] {});
    queue.abandoned();
    BOOST_TEST(queue.take().abandoned);
    BOOST_TEST(queue.take().abandoned);
}

BOOST_AUTO_TEST_CASE(of_room_once_for_each_time_it_waits)
{
    const auto queue = std::make_shared<completion_queue>([] {});
    room_queue room;
    room.freed();
    BOOST_TEST(!queue->take().has_room);
    room.wait(queue);
    room.wait(queue);
    room.freed();
    room.freed();
    BOOST_TEST(queue->take().has_room);
    room.freed();
    BOOST_TEST(!queue->take().has_room);
}

// A source that asks in vain, waits and asks once more either gets the room or is told of it.
BOOST_AUTO_TEST_CASE(of_room_that_is_given_back_while_it_begins_to_wait)
{
    constexpr int rounds = 20'000;
    std::atomic<int> given{0};
    std::atomic<int> taken{0};
    room_queue room;
    std::thread giver(
        [&]
        {
            for (int i = 0; i < rounds; ++i)
            {
                while (taken.load() != i)
                    std::this_thread::yield();
                given.fetch_add(1, std::memory_order_relaxed);
                room.freed();
            }
        });
    const auto queue = std::make_shared<completion_queue>([] {});
    for (int i = 0; i < rounds; ++i)
    {
        const auto has_room = [&] { return given.fetch_add(0, std::memory_order_relaxed) > i; };
        while (!has_room())
        {
            room.wait(queue);
            if (has_room())
                break;
            while (!queue->take().has_room) // for ever, if it is not told
                std::this_thread::yield();
        }
        taken.store(i + 1);
    }
    giver.join();
    BOOST_TEST(given == rounds);
}

BOOST_AUTO_TEST_SUITE_END()
