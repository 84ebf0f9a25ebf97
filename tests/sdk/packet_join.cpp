// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Packets that are joined, and their receipts.
#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <deque>
#include <set>
#include <stdexcept>

using penstock::packet;
using penstock::packet_id;
using penstock::recording::carried;
using penstock::recording::carrying;
using penstock::recording::packet_access;
using penstock::recording::receipt;
using penstock::recording::runtime;
namespace json = penstock::json;

namespace
{

using names = std::set<std::string>;

names carried_set(const packet& p)
{
    const auto ids = carried(p);
    names set(ids.begin(), ids.end());
    BOOST_TEST(set.size() == ids.size()); // each once
    return set;
}

} // namespace

BOOST_AUTO_TEST_CASE(joining_joins_the_receipts)
{
    receipt a("a");
    receipt b("b");
    runtime node;
    {
        packet into = carrying(a, {{"x", 1}});
        packet_access::set_id(into, {1, 2});
        packet other = carrying(b, {{"y", 1}});
        into.join(std::move(other));
        BOOST_TEST((into.id() == packet_id{1, 2}));
        BOOST_TEST(!into.has("y"));
        BOOST_TEST((carried_set(into) == names{"a", "b"}));
        BOOST_TEST(node.handed_back.empty()); // the other did not end
    }
    BOOST_TEST(node.handed_back.size() == 1U);
    BOOST_TEST((a.ends == std::vector{penstock::detail::end::dropped}));
    BOOST_TEST((b.ends == a.ends));
    BOOST_TEST(a.closings == 1);
    BOOST_TEST(b.closings == 1);
}

BOOST_AUTO_TEST_CASE(a_joined_receipt_passes_everything_on)
{
    receipt a("a");
    receipt b("b");
    packet into = carrying(a);
    into.join(carrying(b));
    auto* joined = packet_access::receipts(into);
    joined->reply(into);
    joined->reply_whole(into);
    joined->count_replicated();
    joined->count(penstock::detail::end::delivered);
    joined->add_dead_letter({{"id", "1"}});
    into = packet(); // no node runs
    for (const auto* r : {&a, &b})
    {
        BOOST_TEST(r->replies == 1);
        BOOST_TEST(r->whole_replies == 1);
        BOOST_TEST(r->replicated == 1);
        BOOST_TEST(r->ends.size() == 1U);
        BOOST_TEST(r->dead_letters.size() == 1U);
        BOOST_TEST(r->abandoned == 1);
        BOOST_TEST(r->closings == 1);
    }
}

BOOST_AUTO_TEST_CASE(joining_a_copy_carries_the_receipt_once)
{
    receipt a("a");
    receipt b("b");
    runtime node;
    packet into = carrying(a);
    into.join(packet_access::share(into));
    BOOST_TEST(packet_access::receipts(into) == &a);
    BOOST_TEST(a.open() == 1U);
    into.join(carrying(b));
    into.join(carrying(a));
    BOOST_TEST((carried_set(into) == names{"a", "b"}));
    BOOST_TEST(a.open() == 1U);
}

BOOST_AUTO_TEST_CASE(joining_into_a_bare_packet_takes_the_receipts_over)
{
    receipt a("a");
    runtime node;
    packet into;
    into.join(carrying(a));
    BOOST_TEST(packet_access::receipts(into) == &a);
    BOOST_TEST(a.open() == 1U);
}

BOOST_AUTO_TEST_CASE(joining_a_bare_packet_or_itself_changes_nothing)
{
    receipt a("a");
    runtime node;
    packet into = carrying(a, {{"x", 1}});
    into.join(packet(json::object{{"y", 1}}));
    BOOST_CHECK_THROW(into.join(std::move(into)), std::logic_error);
    BOOST_TEST(packet_access::receipts(into) == &a);
    BOOST_TEST(into.has("x"));
    BOOST_TEST(a.open() == 1U);
}

BOOST_AUTO_TEST_CASE(children_made_before_do_not_carry_what_is_joined_later)
{
    receipt a("a");
    receipt b("b");
    receipt c("c");
    runtime node;
    packet into = carrying(a);
    into.join(carrying(b));
    const packet child = into.derive();
    into.join(carrying(c));
    BOOST_TEST((carried_set(child) == names{"a", "b"}));
    BOOST_TEST((carried_set(into) == names{"a", "b", "c"}));
}

BOOST_AUTO_TEST_CASE(sets_of_receipts_join)
{
    receipt a("a");
    receipt b("b");
    receipt c("c");
    runtime node;
    packet one = carrying(a);
    one.join(carrying(b));
    packet two = carrying(b);
    two.join(carrying(c));
    const packet twin = packet_access::share(two);
    one.join(std::move(two));
    BOOST_TEST((carried_set(one) == names{"a", "b", "c"}));
    BOOST_TEST((carried_set(twin) == names{"b", "c"}));
    one = packet();
    BOOST_TEST(a.closings == 1);
    BOOST_TEST(b.closings == 0);
    BOOST_TEST(c.closings == 0);
}

BOOST_AUTO_TEST_CASE(a_failure_that_is_gathered_is_not_hidden)
{
    packet into;
    packet failed;
    packet_access::set_via_error(failed);
    into.join(packet());
    BOOST_TEST(!packet_access::went_through_error(into));
    into.join(std::move(failed));
    BOOST_TEST(packet_access::went_through_error(into));
}

BOOST_AUTO_TEST_CASE(gathering_many_in_either_direction_is_not_quadratic)
{
    // 100,000 squared would not end within the time of a test.
    constexpr std::size_t count = 100'000;
    std::deque<receipt> receipts;
    for (std::size_t i = 0; i < 2 * count; ++i)
        receipts.emplace_back(std::to_string(i));
    runtime node;
    packet into = carrying(receipts[0]);
    for (std::size_t i = 1; i < count; ++i)
        into.join(carrying(receipts[i]));
    BOOST_TEST(carried(into).size() == count);

    packet last = carrying(receipts[count]);
    for (std::size_t i = 1; i < count; ++i)
    {
        packet next = carrying(receipts[count + i]);
        next.join(std::move(last));
        last = std::move(next);
    }
    BOOST_TEST(carried(last).size() == count);
    into.join(std::move(last));
    BOOST_TEST(carried(into).size() == 2 * count);
    into = packet();
    BOOST_TEST(std::all_of(receipts.begin(), receipts.end(),
                           [](const receipt& r) { return r.closings == 1 && r.ends.size() == 1; }));
}
