// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that are let go.
#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>

using penstock::packet;
using penstock::packet_id;
using penstock::recording::carrying;
using penstock::recording::packet_access;
using penstock::recording::receipt;
using penstock::recording::runtime;

BOOST_AUTO_TEST_CASE(a_packet_let_go_goes_back_to_the_running_node)
{
    receipt r;
    runtime node;
    {
        packet p = carrying(r);
        packet_access::set_id(p, {1, 2});
        const packet child = p.derive();
        BOOST_TEST(r.open() == 2U);
    }
    BOOST_REQUIRE(node.handed_back.size() == 2U);
    BOOST_TEST((node.handed_back[1].id == packet_id{1, 2}));
    BOOST_TEST(node.handed_back[0].children == 0U);
    BOOST_TEST(node.handed_back[1].children == 1U);
    BOOST_TEST(r.open() == 0U);
    BOOST_TEST(r.closings == 1);
    BOOST_TEST(r.abandoned == 0);
}

BOOST_AUTO_TEST_CASE(a_packet_destroyed_inside_blocking_goes_back_apart_and_untouched)
{
    receipt r;
    runtime node;
    packet p = carrying(r);
    auto destroy = [&] { const packet gone = std::move(p); };
    penstock::detail::call_outside(node,
                                   {[](void* work) { (*static_cast<decltype(destroy)*>(work))(); },
                                    static_cast<void*>(&destroy)});
    BOOST_TEST(node.handed_back.empty());
    BOOST_TEST(node.outside.size() == 1U);
    BOOST_TEST(r.open() == 1U); // not counted on another thread
    BOOST_TEST(r.abandoned == 0);
    node.outside.clear();
    BOOST_TEST(node.handed_back.size() == 1U);
}

BOOST_AUTO_TEST_CASE(no_child_is_made_inside_blocking)
{
    receipt r;
    runtime node;
    const packet p = carrying(r);
    auto derive = [&] { (void)p.derive(); };
    BOOST_CHECK_THROW(penstock::detail::call_outside(
                          node, {[](void* work) { (*static_cast<decltype(derive)*>(work))(); },
                                 static_cast<void*>(&derive)}),
                      std::logic_error);
    BOOST_TEST(penstock::detail::current() == &node);
    BOOST_TEST(penstock::detail::outside_of() == nullptr);
}

BOOST_AUTO_TEST_CASE(a_packet_overwritten_goes_back_too)
{
    receipt r;
    runtime node;
    packet p = carrying(r);
    p = packet();
    BOOST_TEST(node.handed_back.size() == 1U);
    BOOST_TEST(r.closings == 1);
}

BOOST_AUTO_TEST_CASE(a_packet_moved_from_is_nothing)
{
    receipt r;
    runtime node;
    {
        packet p = carrying(r);
        const packet q = std::move(p);
    }
    BOOST_TEST(node.handed_back.size() == 1U);
    BOOST_TEST(r.closings == 1);
}

BOOST_AUTO_TEST_CASE(a_packet_let_go_without_a_node_is_abandoned)
{
    receipt r;
    {
        const packet p = carrying(r);
    }
    BOOST_TEST(r.abandoned == 1);
    BOOST_TEST(r.ends.empty());
    BOOST_TEST(r.closings == 1);
}

BOOST_AUTO_TEST_CASE(a_bare_packet_needs_no_node)
{
    runtime node;
    {
        packet p;
        const packet child = p.derive();
        const packet twin = packet_access::share(p);
        const packet nothing = packet_access::none();
        BOOST_TEST(packet_access::is_none(packet_access::share(nothing)));
    }
    BOOST_TEST(node.handed_back.empty());
}
