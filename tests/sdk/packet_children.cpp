// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that are made from another, and their ids.
#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

using penstock::packet;
using penstock::packet_id;
using penstock::recording::carrying;
using penstock::recording::packet_access;
using penstock::recording::receipt;
using penstock::recording::runtime;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_child_has_the_meta_and_the_receipts_and_nothing_else)
{
    receipt r;
    runtime node;
    packet p = carrying(r, {{"a", 1}});
    p.set_meta("m", 1);
    p.set_data(penstock::bytes(std::string("data")));
    packet_access::set_via_error(p);
    packet child = p.derive();
    BOOST_TEST(child.fields().empty());
    BOOST_TEST(child.data().empty());
    BOOST_TEST(child.meta("m") == json::value(1));
    BOOST_TEST(&child.meta() == &p.meta()); // shared until written
    BOOST_TEST(packet_access::receipts(child) == &r);
    BOOST_TEST(packet_access::went_through_error(child));
    BOOST_TEST(packet_access::children(p) == 1U);
    child.set_meta("m", 2);
    BOOST_TEST(p.meta("m") == json::value(1));
    BOOST_TEST(child.meta("m") == json::value(2));
}

BOOST_AUTO_TEST_CASE(a_child_was_not_received)
{
    runtime node;
    packet p;
    BOOST_TEST(packet_access::receive(p.derive()) == 0U);
}

BOOST_AUTO_TEST_CASE(a_clone_is_a_child_with_content)
{
    receipt r;
    runtime node;
    packet p = carrying(r, {{"a", 1}});
    p.set_data(penstock::bytes(std::string("data")));
    packet_access::set_id(p, {1, 2});
    const packet q = p.clone();
    BOOST_TEST((q == p));
    BOOST_TEST((q.id() == packet_access::child_id({1, 2}, node.node_key(), 0)));
    BOOST_TEST(packet_access::children(p) == 1U);
    BOOST_TEST(packet_access::receipts(q) == &r);
}

BOOST_AUTO_TEST_CASE(children_stand_for_their_parent_unless_it_was_joined_to_another_since)
{
    receipt r;
    runtime node;
    packet p = carrying(r);
    BOOST_TEST(!packet_access::has_heirs(p));
    const packet first = p.derive();
    BOOST_TEST(packet_access::has_heirs(p));
    p.join(p.derive());
    BOOST_TEST(!packet_access::has_heirs(p));
    BOOST_TEST(packet_access::children(p) == 2U);
    const packet third = p.derive();
    BOOST_TEST(packet_access::has_heirs(p));
    BOOST_TEST((third.id() == packet_access::child_id(p.id(), node.node_key(), 2)));
}

BOOST_AUTO_TEST_CASE(ids_of_children_are_the_same_on_repetition)
{
    const auto children = [](std::uint64_t node_key)
    {
        runtime node(node_key);
        packet p;
        packet_access::set_id(p, {1, 2});
        std::vector<packet_id> ids;
        for (int i = 0; i < 100; ++i)
            ids.push_back(p.derive().id());
        return ids;
    };
    const auto first = children(1);
    BOOST_TEST((children(1) == first));
    auto all = children(2);
    all.insert(all.end(), first.begin(), first.end());
    std::sort(all.begin(), all.end());
    BOOST_TEST((std::adjacent_find(all.begin(), all.end()) == all.end()));
}

BOOST_AUTO_TEST_CASE(entering_a_node_starts_the_ordinals_again)
{
    runtime node;
    packet p;
    const auto first = p.derive().id();
    BOOST_TEST((p.derive().id() != first));
    packet_access::enter({&p, 1}, 1, 0);
    BOOST_TEST((p.derive().id() == first));
}

BOOST_AUTO_TEST_CASE(the_formula_of_ids_is_fixed)
{
    // Journals outlive versions: if this fails, the formula is wrong, not the test.
    BOOST_TEST(packet_access::child_id({0, 0}, 0, 0).text() == "8ae7c01de8485986d59683d823c4b8bb");
    BOOST_TEST(packet_access::child_id({1, 2}, 3, 4).text() == "970e70a3649cd9e2b6311d4729ddc731");
    BOOST_TEST(packet_access::child_id({0x0123456789abcdef, 0xfedcba9876543210}, 0xffffffffffffffff,
                                       0x0000000100000002)
                   .text() == "1754e7382da63350584f27aace4310bb");
}

BOOST_AUTO_TEST_CASE(ids_of_close_relatives_differ_in_half_their_bits)
{
    double worst = 0;
    for (std::uint64_t i = 0; i < 64; ++i)
    {
        const auto distance = [](packet_id a, packet_id b)
        { return __builtin_popcountll(a.high ^ b.high) + __builtin_popcountll(a.low ^ b.low); };
        const packet_id parent{5, 6};
        const auto id = packet_access::child_id(parent, 1, 1);
        const std::uint64_t bit = std::uint64_t{1} << i;
        for (const auto other : {packet_access::child_id({5 ^ bit, 6}, 1, 1),
                                 packet_access::child_id({5, 6 ^ bit}, 1, 1),
                                 packet_access::child_id(parent, 1 ^ bit, 1),
                                 packet_access::child_id(parent, 1, 1 ^ bit)})
            worst = std::max(worst, std::abs(64.0 - distance(id, other)));
    }
    BOOST_TEST(worst <= 30.0); // more than five standard deviations
}
