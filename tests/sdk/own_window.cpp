// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/held_packet.hpp>
#include <penstock/detail/own_window.hpp>
#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>

using penstock::packet;
using penstock::detail::held_packet;
using penstock::detail::own_window;
using penstock::detail::packet_access;
using namespace std::chrono_literals;

namespace
{

const own_window::clock::time_point begin_of_windows{1h};

// A packet that is about to be received as the nth.
packet received_as(std::uint32_t n)
{
    packet made;
    packet_access::enter({&made, 1}, n, 0);
    return made;
}

} // namespace

BOOST_AUTO_TEST_SUITE(own_windows)

BOOST_AUTO_TEST_CASE(end_at_their_deadline_while_a_packet_in_its_last_try_is_in_hand)
{
    const auto now = begin_of_windows;
    own_window window;
    BOOST_TEST((window.closed_until(now, now + 10s, true, false) == now + 10s));
    BOOST_TEST((window.closed_until(now + 9s, now + 10s, true, false) == now + 10s));
    BOOST_TEST((window.closed_until(now + 10s, now + 10s, true, false) == now + 10s));
    window.timed_out();
    BOOST_TEST(!window.closed_until(now + 11s, now + 20s, false, false));
}

BOOST_AUTO_TEST_CASE(end_before_one_is_handed_out_if_they_may_hold_others)
{
    const auto now = begin_of_windows;
    own_window window;
    BOOST_TEST(!window.closed_until(now, now + 10s, false, true)); // nothing came before
    window.handed_out();
    BOOST_TEST(!window.closed_until(now, now + 10s, false, false));
    BOOST_TEST((window.closed_until(now, now + 10s, false, true) == now + 10s));
    window.timed_out();
    BOOST_TEST(!window.closed_until(now + 10s, now + 20s, false, true));
}

BOOST_AUTO_TEST_CASE(open_soon_where_the_deadline_is_far)
{
    const auto now = begin_of_windows;
    const auto far = now + 1h;
    own_window window;
    window.handed_out();
    BOOST_TEST((window.closed_until(now, far, false, true) == now + own_window::patience));
    BOOST_TEST(!window.closed_until(now + own_window::patience, far, false, true));
    BOOST_TEST(!window.closed_until(now + own_window::patience, far, false, true));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(a_held_packet)

BOOST_AUTO_TEST_CASE(is_held_until_it_is_let_go)
{
    held_packet held;
    BOOST_TEST(!held.is_held());
    const packet watched = received_as(7);
    held.watch(watched);
    held.let_go(received_as(6));
    held.let_go(packet());
    BOOST_TEST(held.is_held());
    held.let_go(watched);
    BOOST_TEST(!held.is_held());
}

BOOST_AUTO_TEST_CASE(is_held_while_a_child_is)
{
    held_packet held;
    const packet watched = received_as(7);
    held.watch(watched);
    const packet first = watched.derive();
    const packet second = watched.derive();
    held.let_go(first);
    held.let_go(watched);
    BOOST_TEST(held.is_held());
    held.let_go(second);
    BOOST_TEST(!held.is_held());
}

BOOST_AUTO_TEST_CASE(is_held_while_a_child_of_a_child_is)
{
    held_packet held;
    const packet watched = received_as(7);
    held.watch(watched);
    const packet child = watched.derive();
    const packet first = child.derive();
    const packet second = child.derive();
    held.let_go(watched);
    held.let_go(child);
    BOOST_TEST(held.is_held());
    held.let_go(first);
    BOOST_TEST(held.is_held());
    held.let_go(second);
    BOOST_TEST(!held.is_held());
}

BOOST_AUTO_TEST_SUITE_END()
