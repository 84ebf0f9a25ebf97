// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "held_messages.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mqtt_held_messages)

namespace json = penstock::json;
using mqtt_package::held_messages;

BOOST_AUTO_TEST_CASE(all_are_acknowledged_when_the_last_has_ended)
{
    held_messages held("here");
    BOOST_TEST(!held.have_ended());
    const json::value first = held.arrive("a", 1, 7).position;
    const json::value second = held.arrive("", 2, 7).position;
    BOOST_TEST(first == json::value("a"));
    BOOST_TEST((second == json::value(json::array{2, 7})));
    held.end(second);
    BOOST_TEST(!held.have_ended());
    held.end(first);
    BOOST_TEST(held.have_ended());
    BOOST_TEST(held.size() == 2U);
    held.forget();
    BOOST_TEST(held.size() == 0U);
    BOOST_TEST(!held.have_ended());
}

BOOST_AUTO_TEST_CASE(messages_of_one_id_have_positions_of_their_own)
{
    held_messages held("here");
    BOOST_TEST(held.arrive("a", 1, 7).position == json::value("a"));
    BOOST_TEST((held.arrive("a", 2, 7).position == json::value(json::array{"a", 2})));
    BOOST_TEST((held.arrive("a", 3, 8).position == json::value(json::array{"a", 3})));
}

// The host puts away what crashes the worker again and again by its position.
BOOST_AUTO_TEST_CASE(a_message_without_an_id_has_its_position_in_each_run)
{
    held_messages held("here");
    held_messages later("there");
    const json::value found = held.arrive("", 2, 8).position;
    BOOST_TEST(later.arrive("", 2, 8).position == found);
    BOOST_TEST(later.arrive("", 2, 8).position != found);
    BOOST_TEST(later.arrive("", 2, 9).position != found);
    BOOST_TEST(later.arrive("", 3, 8).position != found);
    BOOST_TEST(held.arrive("", 0, 8).position != later.arrive("", 0, 8).position);
}

BOOST_AUTO_TEST_CASE(what_comes_again_has_its_position_and_is_told_once)
{
    held_messages held("here");
    const json::value named = held.arrive("a", 1, 7).position;
    const json::value nameless = held.arrive("", 2, 8).position;
    held.reconnect(true);
    BOOST_TEST(held.size() == 0U);
    const auto again = held.arrive("", 2, 8);
    BOOST_TEST((again.position == nameless));
    BOOST_TEST(again.is_for_host);
    const auto other = held.arrive("", 3, 8);
    BOOST_TEST((other.position != nameless));
    BOOST_TEST((held.arrive("a", 9, 7).position == named));
    held.end(named);
    held.end(nameless);
    held.end(other.position);
    BOOST_TEST(held.have_ended());
}

// The host has forgotten what it has acknowledged: told of it, it would process it again.
BOOST_AUTO_TEST_CASE(what_had_ended_when_the_connection_was_lost_is_not_told_again)
{
    held_messages held("here");
    const json::value first = held.arrive("a", 1, 7).position;
    (void)held.arrive("b", 2, 7);
    held.end(first);
    held.reconnect(true);
    BOOST_TEST(!held.arrive("a", 1, 7).is_for_host);
    BOOST_TEST(held.arrive("b", 2, 7).is_for_host);
    held.end(json::value("b"));
    BOOST_TEST(held.have_ended());
    held.forget();
    BOOST_TEST(held.arrive("a", 1, 7).is_for_host);
}

BOOST_AUTO_TEST_CASE(identifiers_mean_nothing_when_the_broker_has_lost_the_session)
{
    held_messages held("here");
    const json::value before = held.arrive("", 1, 7).position;
    held.reconnect(false);
    BOOST_TEST((held.arrive("", 1, 7).position != before));
}

BOOST_AUTO_TEST_SUITE_END()
