// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What copies of a packet share.
#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

using penstock::packet;
using penstock::recording::carrying;
using penstock::recording::packet_access;
using penstock::recording::receipt;
using penstock::recording::runtime;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_shared_packet_has_the_same_id_content_and_receipts)
{
    receipt r;
    runtime node;
    packet p = carrying(r, {{"a", 1}});
    packet_access::set_id(p, {1, 2});
    packet_access::set_via_error(p);
    packet q = packet_access::share(p);
    BOOST_TEST((q.id() == p.id()));
    BOOST_TEST((q == p));
    BOOST_TEST(&q.fields() == &p.fields());
    BOOST_TEST(packet_access::receipts(q) == &r);
    BOOST_TEST(packet_access::went_through_error(q));
    BOOST_TEST(r.open() == 2U);
}

BOOST_AUTO_TEST_CASE(the_first_write_copies_a_shared_body)
{
    const auto unchanged = [](auto&& write)
    {
        packet p(json::object{{"a", 1}, {"l", {1, 2}}});
        p.set("one", json::array{3});
        p.set_meta("m", 1);
        p.set_field_meta("a", "k", 1);
        p.set_data(penstock::bytes(std::string("data")));
        packet_access::set_id(p, {3, 4});
        const packet before = p.clone();
        packet q = packet_access::share(p);
        BOOST_TEST(!packet_access::is_unique(p));
        write(q);
        BOOST_TEST((p == before));
        BOOST_TEST((q != before));
        BOOST_TEST((q.id() == p.id()));
        const auto* fields = &q.fields();
        q.set("again", 1);
        BOOST_TEST(&q.fields() == fields); // copied once
    };
    unchanged([](packet& p) { p.set("a", 2); });
    unchanged([](packet& p) { p.set_values("a", {}); });
    unchanged([](packet& p) { p.add("b", 2); });
    unchanged([](packet& p) { p.append("l", 2); });
    unchanged([](packet& p) { p.extend("l", {2}); });
    unchanged([](packet& p) { p.erase("a"); });
    unchanged([](packet& p) { p.remove("l", 0); });
    unchanged([](packet& p) { p.replace("l", 9, 0); });
    unchanged([](packet& p) { p.rename("a", "z"); });
    unchanged([](packet& p) { p.copy("one", "z"); });
    unchanged([](packet& p) { p.merge(packet(json::object{{"z", 1}})); });
    unchanged([](packet& p) { p.set_fields({}); });
    unchanged([](packet& p) { p.set_meta("m", 2); });
    unchanged([](packet& p) { p.erase_meta("m"); });
    unchanged([](packet& p) { p.set_field_meta("a", "k", 2); });
    unchanged([](packet& p) { p.erase_field_meta("a", "k"); });
    unchanged([](packet& p) { p.set_data(penstock::bytes(std::string("else"))); });
    unchanged([](packet& p) { p.clear_data(); });
}

BOOST_AUTO_TEST_CASE(what_changes_nothing_copies_nothing)
{
    packet p(json::object{{"a", 1}});
    packet q = packet_access::share(p);
    q.erase("absent");
    q.remove("a", 5);
    q.replace("a", 1, 5);
    q.add("a", 2);
    q.rename("absent", "b");
    q.erase_meta("absent");
    q.set_field_meta("absent", "k", 1);
    q.erase_field_meta("a", "k");
    q.clear_data();
    BOOST_TEST(&q.fields() == &p.fields());
}

BOOST_AUTO_TEST_CASE(a_chain_of_moves_never_copies)
{
    packet p(json::object{{"a", 1}});
    const auto* fields = &p.fields();
    packet q = std::move(p);
    q.set("b", 2);
    BOOST_TEST(&q.fields() == fields);
}

BOOST_AUTO_TEST_CASE(a_packet_is_unique_when_nothing_of_it_is_shared)
{
    packet p;
    p.set_meta("m", 1);
    BOOST_TEST(packet_access::is_unique(p));
    {
        const packet child = p.derive(); // shares the meta
        BOOST_TEST(!packet_access::is_unique(p));
        BOOST_TEST(!packet_access::is_unique(child));
    }
    BOOST_TEST(packet_access::is_unique(p));
    {
        const packet twin = packet_access::share(p);
        BOOST_TEST(!packet_access::is_unique(p));
    }
    BOOST_TEST(packet_access::is_unique(p));
}
