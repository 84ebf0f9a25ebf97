// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/edge.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

#include <malloc.h>

using namespace penstock;
using penstock::host::edge;
using penstock::host::edge_counters;

namespace
{

void put(edge& queue, int number)
{
    packet made;
    made.set("n", number);
    queue.writable().front() = std::move(made);
    queue.publish(1);
}

int take(edge& queue)
{
    packet taken = std::move(queue.readable(1).front());
    queue.consume(1);
    return static_cast<int>(taken.get("n").as_int64());
}

struct small_edge
{
    // On the heap: g++ 12 does not align the frames that AddressSanitizer keeps by more than 32
    // bytes.
    const std::unique_ptr<edge_counters> counted = std::make_unique<edge_counters>();
    edge_counters& counters = *counted;
    edge queue{4, counters};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(an_edge, small_edge)

BOOST_AUTO_TEST_CASE(keeps_the_order_around_its_end)
{
    for (int i = 0; i < 100; ++i)
    {
        put(queue, 2 * i);
        put(queue, 2 * i + 1);
        BOOST_TEST(take(queue) == 2 * i);
        BOOST_TEST(take(queue) == 2 * i + 1);
    }
}

BOOST_AUTO_TEST_CASE(keeps_the_order_around_its_end_while_it_is_never_empty)
{
    put(queue, 0);
    for (int i = 1; i < 100; ++i)
    {
        put(queue, i);
        BOOST_TEST(take(queue) == i - 1);
    }
}

BOOST_AUTO_TEST_CASE(holds_as_many_packets_as_its_capacity)
{
    for (int i = 0; i < 4; ++i)
        put(queue, i);
    BOOST_TEST(queue.full());
    BOOST_TEST(queue.writable().empty());
}

BOOST_AUTO_TEST_CASE(rounds_its_capacity_up_to_a_power_of_two)
{
    const auto counts = std::make_unique<edge_counters>(); // see small_edge
    BOOST_TEST(edge(5, *counts).capacity() == 8U);
    BOOST_TEST(edge(1, *counts).capacity() == 1U);
    BOOST_TEST(counts->capacity.load() == 1U);
}

BOOST_AUTO_TEST_CASE(shows_no_packet_beyond_the_end_of_a_request)
{
    put(queue, 1);
    queue.add_request_end();
    put(queue, 2);
    BOOST_TEST(queue.readable(64).size() == 1U);
    BOOST_TEST(!queue.at_request_end());
    take(queue);
    BOOST_TEST(queue.at_request_end());
    BOOST_TEST(queue.readable(64).empty());
    queue.consume_request_end();
    BOOST_TEST(take(queue) == 2);
}

BOOST_AUTO_TEST_CASE(carries_the_ends_of_empty_requests)
{
    queue.add_request_end();
    queue.add_request_end();
    BOOST_TEST(queue.at_request_end());
    queue.consume_request_end();
    BOOST_TEST(queue.at_request_end());
    queue.consume_request_end();
    BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(counts_the_ends_of_requests_that_come_between_two_packets)
{
    put(queue, 1);
    for (int i = 0; i < 3; ++i)
        queue.add_request_end();
    queue.add_request_end(1); // behind a packet that is published later
    put(queue, 2);
    BOOST_TEST(queue.request_ends_ahead() == 0U);
    take(queue);
    BOOST_TEST(queue.request_ends_ahead() == 3U);
    for (int i = 0; i < 3; ++i)
        queue.consume_request_end();
    BOOST_TEST(!queue.at_request_end());
    BOOST_TEST(take(queue) == 2);
    BOOST_TEST(queue.request_ends_ahead() == 1U);
    queue.consume_request_end();
    BOOST_TEST(queue.empty());
}

BOOST_AUTO_TEST_CASE(takes_no_room_for_the_ends_of_empty_requests)
{
    const std::size_t before = ::mallinfo2().uordblks;
    for (int i = 0; i < 1'000'000; ++i)
        queue.add_request_end();
    BOOST_TEST(::mallinfo2().uordblks < before + 65'536U); // bytes; each end would take 16
    BOOST_TEST(queue.request_ends_ahead() == 1'000'000U);
}

BOOST_AUTO_TEST_CASE(grows_without_losing_or_reordering)
{
    put(queue, 0);
    take(queue);
    for (int i = 1; i <= 4; ++i)
        put(queue, i);
    queue.grow();
    BOOST_TEST(queue.capacity() == 8U);
    for (int i = 5; i <= 8; ++i)
        put(queue, i);
    for (int i = 1; i <= 8; ++i)
        BOOST_TEST(take(queue) == i);
}

BOOST_AUTO_TEST_CASE(leaves_what_the_consumer_has_where_it_is_until_that_is_consumed)
{
    for (int i = 1; i <= 4; ++i)
        put(queue, i);
    const std::span<packet> had = queue.readable(2);
    queue.grow(had.size());
    put(queue, 5);
    BOOST_TEST(had[0].get("n") == 1);
    const packet& third = queue.readable(4)[2];
    BOOST_TEST(third.get("n") == 3);
    for (int i = 6; i <= 8; ++i)
        put(queue, i);
    queue.grow(3); // the third is in hand too now
    BOOST_TEST(had[1].get("n") == 2);
    BOOST_TEST(third.get("n") == 3);
    queue.consume(3);
    for (int i = 4; i <= 8; ++i)
        BOOST_TEST(take(queue) == i);
}

BOOST_AUTO_TEST_CASE(is_exhausted_only_when_closed_and_empty_of_packets_and_marks)
{
    put(queue, 1);
    queue.add_request_end();
    queue.close();
    BOOST_TEST(!queue.exhausted());
    take(queue);
    BOOST_TEST(!queue.exhausted());
    queue.consume_request_end();
    BOOST_TEST(queue.exhausted());
}

BOOST_AUTO_TEST_CASE(counts_what_entered_and_left)
{
    put(queue, 1);
    put(queue, 2);
    take(queue);
    BOOST_TEST(counters.entered.load() == 2U);
    BOOST_TEST(counters.left.load() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
