// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/pending_room.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(room_for_what_is_pending)

using penstock::host::pending_room;

BOOST_AUTO_TEST_CASE(is_given_back_by_who_had_it)
{
    pending_room room({.entries = 2, .bytes = 100, .memory = 100});
    BOOST_TEST(!room.can_hold(101));
    BOOST_TEST(room.reserve(60, false));
    BOOST_TEST(!room.reserve(60, false)); // more bytes than there may be
    BOOST_TEST(room.reserve(40, false));
    BOOST_TEST(!room.reserve(0, false)); // more entries
    BOOST_TEST(room.in_memory() == 100U);
    room.release(60);
    room.release(40);
    BOOST_TEST(room.in_memory() == 0U);
    BOOST_TEST(room.pending().entries() == 0U);
    BOOST_TEST(room.pending().bytes() == 0U);
}

BOOST_AUTO_TEST_CASE(of_memory_is_taken_twice_over_by_those_that_leave_it_for_the_journal)
{
    pending_room room({.entries = 100, .bytes = 10'000, .memory = 100});
    BOOST_TEST(room.reserve(100, false));
    BOOST_TEST(!room.reserve(1, false));
    BOOST_TEST(room.reserve(100, true));
    BOOST_TEST(!room.reserve(1, true));
    BOOST_TEST(room.memory_is_full());
    room.left_memory(100);
    BOOST_TEST(!room.memory_is_full());
    BOOST_TEST(room.pending().entries() == 2U);
}

BOOST_AUTO_TEST_CASE(of_memory_is_there_for_one_entry_that_is_larger_than_all_of_it)
{
    pending_room room({.entries = 100, .bytes = 10'000, .memory = 100});
    BOOST_TEST(room.reserve(1'000, false));
    BOOST_TEST(!room.reserve(1, false));
    BOOST_TEST(!room.to_read_back().has_value());
    room.release(1'000);
    BOOST_TEST(room.reserve(1'000, false));
}

BOOST_AUTO_TEST_CASE(of_memory_is_there_for_several_that_are_let_in_together_as_for_one)
{
    pending_room room({.entries = 100, .bytes = 10'000, .memory = 100});
    for (std::size_t together = 0; together < 1'000; together += 100)
        BOOST_TEST(room.reserve(100, false, together));
    BOOST_TEST(!room.reserve(100, false));
    BOOST_TEST(!room.reserve(100, false, 100)); // of others there is no room besides these
}

BOOST_AUTO_TEST_CASE(is_there_for_what_is_read_back_once_half_of_memory_is_free)
{
    pending_room room({.entries = 100, .bytes = 10'000, .memory = 100});
    BOOST_TEST((room.to_read_back() == std::size_t{100}));
    room.is_back(50);
    BOOST_TEST((room.to_read_back() == std::size_t{50}));
    room.is_back(1);
    BOOST_TEST(!room.to_read_back().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
