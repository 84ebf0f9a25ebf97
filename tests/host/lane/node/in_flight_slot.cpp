// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/in_flight_slot.hpp"

#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <memory>

BOOST_AUTO_TEST_SUITE(a_hand)

using namespace penstock;
using namespace penstock::host;
using access = detail::packet_access;

namespace
{

// g++ aligns the stacks of its address sanitizer to 32 bytes, and a record wants 64.
std::unique_ptr<supervise::node_record> a_record()
{
    return std::make_unique<supervise::node_record>();
}

packet numbered(std::uint32_t number)
{
    packet made;
    access::set_id(made, {0, number});
    access::enter({&made, 1}, number, 0);
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(notes_a_packet_as_long_as_it_is_the_only_one_and_was_received_last)
{
    const auto record = a_record();
    supervise::node_record& told = *record;
    in_flight_slot of(told, true);
    const auto noted = [&] { return told.has_packet.load() == 0 ? packet_id() : told.packet; };
    const packet first = numbered(1);
    const packet second = numbered(2);
    const packet made_here = numbered(0);
    BOOST_TEST((noted() == packet_id()));
    of.receive(first);
    BOOST_TEST((noted() == first.id()));
    of.receive(second);
    BOOST_TEST((noted() == packet_id())); // two
    of.let_go(second);
    BOOST_TEST((noted() == packet_id())); // the first one
    of.let_go(made_here);
    of.let_go(first);
    BOOST_TEST((noted() == packet_id())); // none
    const packet third = numbered(3);
    of.receive(third);
    BOOST_TEST((noted() == third.id()));
}

BOOST_AUTO_TEST_CASE(forgets_what_an_earlier_instance_kept)
{
    const auto record = a_record();
    supervise::node_record& told = *record;
    in_flight_slot of(told, true);
    of.receive(numbered(1));
    of.clear();
    BOOST_TEST(told.has_packet.load() == 0U);
    of.receive(numbered(2));
    BOOST_TEST(told.has_packet.load() == 1U);
}

BOOST_AUTO_TEST_CASE(watches_its_packet_on_when_careful_mode_ends)
{
    const auto record = a_record();
    in_flight_slot of(*record, true);
    const packet watched = numbered(1);
    of.watch(watched);
    of.receive(watched);
    of.relax();
    BOOST_TEST(!of.is_careful());
    BOOST_TEST(record->has_packet.load() == 0U);
    BOOST_TEST(of.has_watched());
    BOOST_TEST(of.keeps_account());
    of.let_go(watched);
    BOOST_TEST(!of.has_watched());
    BOOST_TEST(!of.keeps_account());
}

BOOST_AUTO_TEST_SUITE_END()
