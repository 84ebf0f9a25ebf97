// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/dead_letter_room.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <vector>

BOOST_AUTO_TEST_SUITE(dead_letter_room)

BOOST_AUTO_TEST_CASE(who_listens_hears_once_that_there_is_no_room_and_once_that_there_is_again)
{
    const auto usage = std::make_shared<penstock::host::dead_letter_usage>();
    penstock::host::dead_letter_room room(usage, 100);
    std::vector<bool> heard;
    room.watch([&](bool is_full) { heard.push_back(is_full); });
    usage->change(99);
    BOOST_TEST(!room.is_full());
    BOOST_TEST(!room.full_since().has_value());
    usage->change(1);
    usage->change(1);
    BOOST_TEST(room.is_full());
    BOOST_TEST(room.full_since().has_value());
    usage->change(-2);
    BOOST_TEST(!room.is_full());
    BOOST_TEST((heard == std::vector<bool>{true, false}));
    room.watch({});
    usage->change(1'000);
    BOOST_TEST(heard.size() == 2U);
    BOOST_TEST(room.bytes() == 1'099U);
}

BOOST_AUTO_TEST_CASE(a_room_that_was_full_before_anybody_listened_is_told)
{
    const auto usage = std::make_shared<penstock::host::dead_letter_usage>();
    usage->change(100);
    penstock::host::dead_letter_room room(usage, 100);
    std::vector<bool> heard;
    room.watch([&](bool is_full) { heard.push_back(is_full); });
    BOOST_TEST((heard == std::vector<bool>{true}));
    BOOST_TEST(room.full_since().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
