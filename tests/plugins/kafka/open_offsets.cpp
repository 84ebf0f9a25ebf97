// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_offsets.hpp"

#include <boost/test/unit_test.hpp>

#include <vector>

BOOST_AUTO_TEST_SUITE(open_offsets_of_partitions)

using kafka_package::low_water;
using kafka_package::open_offsets;
using kafka_package::received_message;
using knowledge = open_offsets::knowledge;

namespace
{

received_message message(std::int64_t offset, std::uint64_t assignment = 1,
                         std::int32_t partition = 0)
{
    received_message made;
    made.from = {"t", partition};
    made.offset = offset;
    made.assignment = assignment;
    return made;
}

void finish(open_offsets& open, const received_message& what)
{
    open.end(open_offsets::position_of(what));
    open.forget(open_offsets::position_of(what));
}

using low_waters = std::vector<low_water>;

} // namespace

BOOST_AUTO_TEST_CASE(a_partition_has_come_as_far_as_all_before_have_ended)
{
    open_offsets open;
    for (const std::int64_t offset : {3, 4, 9})
        BOOST_TEST((open.arrive(message(offset)) == knowledge::nothing));
    BOOST_TEST((open.arrive(message(0, 1, 2)) == knowledge::nothing));
    finish(open, message(4));
    BOOST_TEST(open.take_ended().empty());
    finish(open, message(3));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 1, 5}}));
    BOOST_TEST(open.take_ended().empty());
    BOOST_TEST(!open.empty());
    finish(open, message(9));
    finish(open, message(0, 1, 2));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 1, 10}, {{"t", 2}, 1, 1}}));
    BOOST_TEST(open.empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_is_under_way_when_its_partition_comes_back_is_not_given_twice)
{
    open_offsets open;
    (void)open.arrive(message(1));
    (void)open.arrive(message(2));
    BOOST_TEST((open.arrive(message(1, 2)) == knowledge::under_way));
    finish(open, message(1));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 2, 2}}));
    finish(open, message(2)); // it did not come again: another consumer has it
    BOOST_TEST(open.take_ended().empty());
    BOOST_TEST((open.arrive(message(2, 2)) == knowledge::nothing));
    finish(open, message(2));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 2, 3}}));
}

BOOST_AUTO_TEST_CASE(what_the_host_expects_again_is_told_to_it_once)
{
    open_offsets open;
    (void)open.arrive(message(1));
    (void)open.arrive(message(2));
    open.reconnect();
    BOOST_TEST((open.arrive(message(1, 2)) == knowledge::expected));
    finish(open, message(1));
    finish(open, message(2));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 2, 2}}));
    BOOST_TEST((open.arrive(message(2, 2)) == knowledge::expected));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 2, 3}}));
    BOOST_TEST((open.arrive(message(1, 3)) == knowledge::nothing));
}

BOOST_AUTO_TEST_CASE(an_end_that_could_not_be_committed_is_known_when_the_message_comes_again)
{
    open_offsets open;
    (void)open.arrive(message(1));
    open.end(open_offsets::position_of(message(1)));
    BOOST_TEST(open.have_all_ended());
    BOOST_TEST(open.take_ended().size() == 1U);
    open.reconnect();
    open.end(open_offsets::position_of(message(1)));
    BOOST_TEST(open.take_ended().empty());
    open.forget(open_offsets::position_of(message(1)));
    BOOST_TEST((open.arrive(message(1, 2)) == knowledge::expected));
    BOOST_TEST((open.take_ended() == low_waters{{{"t", 0}, 2, 2}}));
    BOOST_TEST(open.empty());
}

BOOST_AUTO_TEST_CASE(an_end_of_a_partition_that_gave_nothing_is_left_alone)
{
    open_offsets open;
    finish(open, message(1));
    BOOST_TEST(open.empty());
    BOOST_TEST(open.take_ended().empty());
}

BOOST_AUTO_TEST_SUITE_END()
