// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/suspects.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(entries_that_are_suspect)

using penstock::host::suspects;
using penstock::host::supervise::graph_record;
using penstock::host::supervise::suspicion;

namespace
{

/// Suspects, with what the next worker would read of them.
struct watched
{
    std::shared_ptr<graph_record> told = std::make_shared<graph_record>();
    suspects of;
    suspects::clock::time_point now = suspects::clock::now();

    explicit watched(suspicion left) : of(told, std::move(left)) {}

    [[nodiscard]] std::size_t room() const { return of.room(now); }
};

suspicion in_steps(std::uint64_t last, std::uint64_t single = 0)
{
    return {.graph = "g", .last = last, .in_steps = true, .single = single};
}

} // namespace

BOOST_AUTO_TEST_CASE(the_greatest_number_that_was_let_in_is_told)
{
    watched each({});
    each.of.let_in(7);
    each.of.let_in(5);
    BOOST_TEST(each.told->through.load() == 7u);
    BOOST_TEST(each.room() == suspects::any_number);
    BOOST_TEST(each.told->first.load() == 0u);
}

BOOST_AUTO_TEST_CASE(come_together_the_first_time_and_stay_suspect_until_all_have_ended)
{
    watched each({.graph = "g", .last = 2});
    BOOST_TEST(each.room() == suspects::any_number);
    each.of.let_in(1);
    each.of.let_in(2);
    each.of.all_let_in();
    each.of.ended(1);
    BOOST_TEST(each.told->suspects.load() == 2u);
    each.of.ended(2);
    BOOST_TEST(each.told->suspects.load() == 0u);
}

BOOST_AUTO_TEST_CASE(come_a_few_at_a_time_the_next_when_those_before_have_ended)
{
    watched each(in_steps(1000));
    BOOST_TEST(each.room() == suspects::a_few);
    each.of.let_in(10);
    each.of.let_in(12);
    BOOST_TEST(each.room() == 0u);
    BOOST_TEST(each.told->first.load() == 10u);
    BOOST_TEST(each.told->last.load() == 12u);
    each.of.ended(12);
    BOOST_TEST(each.room() == 0u);
    each.of.ended(10);
    BOOST_TEST(each.told->first.load() == 0u);
    BOOST_TEST(each.room() == suspects::a_few);
}

BOOST_AUTO_TEST_CASE(come_alone_where_a_step_was_deadly_and_in_steps_after_that)
{
    watched each(in_steps(1000, 20));
    BOOST_TEST(each.room() == 1u);
    each.of.let_in(20);
    BOOST_TEST(each.room() == 0u);
    BOOST_TEST(each.told->first.load() == each.told->last.load());
    each.of.ended(20);
    BOOST_TEST(each.room() == suspects::a_few);
}

BOOST_AUTO_TEST_CASE(what_comes_after_them_is_not_held_back)
{
    watched each(in_steps(10));
    each.of.let_in(10);
    BOOST_TEST(each.room() == suspects::any_number);
    each.of.let_in(11);
    each.of.all_let_in();
    each.of.ended(11);
    BOOST_TEST(each.told->suspects.load() == 10u);
    each.of.ended(10);
    BOOST_TEST(each.told->suspects.load() == 0u);
    BOOST_TEST(each.room() == suspects::any_number);
}

BOOST_AUTO_TEST_CASE(do_not_wait_for_ever_for_what_a_component_holds)
{
    watched each(in_steps(1000));
    each.of.let_in(10);
    BOOST_TEST(each.room() == 0u);
    each.now = suspects::clock::now() + suspects::patience;
    BOOST_TEST(each.room() == suspects::a_few);
}

BOOST_AUTO_TEST_CASE(are_worked_off_carefully_until_all_have_ended)
{
    watched each({.graph = "g", .last = 2, .careful = true});
    each.of.let_in(1);
    each.of.let_in(2);
    each.of.all_let_in();
    each.of.ended(1);
    BOOST_TEST(each.of.careful());
    BOOST_TEST(each.told->careful.load() == 1u);
    each.of.ended(2);
    BOOST_TEST(!each.of.careful());
    BOOST_TEST(each.told->careful.load() == 0u);
}

BOOST_AUTO_TEST_CASE(that_no_journal_keeps_are_counted)
{
    watched each({.graph = "g", .last = 1, .careful = true, .watched = 2});
    each.of.unkept_let_in();
    each.of.unkept_let_in();
    each.of.unkept_let_in();
    BOOST_TEST(each.told->unkept.load() == 3u);
    each.of.let_in(1);
    each.of.all_let_in();
    each.of.ended(1);
    each.of.unkept_ended();
    BOOST_TEST(each.of.careful());
    BOOST_TEST(each.told->watched.load() == 2u); // for the next worker, if this one dies
    each.of.unkept_ended();
    BOOST_TEST(!each.of.careful());
    each.of.unkept_ended();
    BOOST_TEST(each.told->unkept.load() == 0u);
}

BOOST_AUTO_TEST_CASE(of_which_none_is_left_make_nobody_careful)
{
    watched each({.graph = "g", .last = 10, .careful = true});
    each.of.all_let_in();
    BOOST_TEST(!each.of.careful());
}

BOOST_AUTO_TEST_SUITE_END()
