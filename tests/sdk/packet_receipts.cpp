// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "receipts.hpp"

#include <penstock/packet.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <deque>
#include <memory>
#include <set>
#include <stdexcept>

#ifdef PENSTOCK_ASSERTS_LANES
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <functional>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#endif

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

// Letting go

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

// Sharing

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

// Children

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

// Gathering

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
    joined->count(penstock::detail::end::delivered);
    joined->add_dead_letter({{"id", "1"}});
    into = packet(); // no node runs
    for (const auto* r : {&a, &b})
    {
        BOOST_TEST(r->replies == 1);
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

#ifdef PENSTOCK_ASSERTS_LANES

// The rule of one lane

namespace
{

// How a process ends that does this on a thread which is not the lane of the packet.
int end_of_a_process_that(const std::function<void(packet&)>& does)
{
    const pid_t child = fork();
    if (child == 0)
    {
        std::signal(SIGABRT, SIG_DFL);
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        receipt r;
        runtime node;
        packet p = carrying(r);
        std::thread([&] { does(p); }).join();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return status;
}

bool aborts(const std::function<void(packet&)>& does)
{
    const int status = end_of_a_process_that(does);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_debug_build_aborts_when_a_packet_is_used_outside_its_lane)
{
    BOOST_TEST(aborts([](packet& p) { const packet gone = std::move(p); }));
    BOOST_TEST(aborts([](packet& p) { const packet copy = packet_access::share(p); }));
    BOOST_TEST(aborts([](packet& p) { const packet child = p.derive(); }));
    BOOST_TEST(end_of_a_process_that([](packet& p) { (void)p.id(); }) == 0);
}

#endif
