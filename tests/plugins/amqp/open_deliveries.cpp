// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "open_deliveries.hpp"

#include <boost/test/unit_test.hpp>

#include <optional>

BOOST_AUTO_TEST_SUITE(amqp_open_deliveries)

namespace json = penstock::json;
using amqp_package::open_deliveries;
using knowledge = open_deliveries::knowledge;
using tag = std::optional<std::uint64_t>;

BOOST_AUTO_TEST_CASE(all_up_to_a_delivery_are_acknowledged_when_all_have_ended)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 0).position;
    const json::value second = open.arrive(2, "b", 0).position;
    const json::value third = open.arrive(3, "c", 0).position;
    BOOST_TEST((open.take_ended() == tag()));
    open.end(second);
    BOOST_TEST((open.take_ended() == tag()));
    open.end(first);
    BOOST_TEST((open.take_ended() == tag(2)));
    BOOST_TEST(!open.empty());
    open.end(third);
    BOOST_TEST((open.take_ended() == tag(3)));
    BOOST_TEST((open.take_ended() == tag()));
    BOOST_TEST(open.empty());
}

BOOST_AUTO_TEST_CASE(positions_are_the_ids_of_messages_and_differ)
{
    open_deliveries open("here");
    BOOST_TEST(open.arrive(1, "a", 0).position == json::value("a"));
    const json::value second = open.arrive(2, "a", 7).position;
    BOOST_TEST((second == json::value(json::array{"a", 2})));
    BOOST_TEST((open.arrive(3, "", 0).position == json::value(json::array{"here", 1})));
    BOOST_TEST((open.arrive(4, "", 0).position == json::value(json::array{"here", 2})));
    open.end(json::value("a"));
    open.end(second);
    BOOST_TEST(open.arrive(5, "a", 0).position == json::value("a"));
}

BOOST_AUTO_TEST_CASE(a_message_that_comes_again_while_it_is_under_way_is_known)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 0).position;
    const json::value second = open.arrive(2, "b", 0).position;
    open.refuse(second);
    open.reconnect();
    BOOST_TEST((open.arrive(1, "b", 0).before == knowledge::refused));
    BOOST_TEST((open.arrive(2, "a", 0).before == knowledge::under_way));
    open.end(first);
    BOOST_TEST((open.take_ended() == tag()));
    open.end(second);
    BOOST_TEST((open.take_ended() == tag(2)));
}

BOOST_AUTO_TEST_CASE(a_message_that_has_ended_before_it_comes_again_is_acknowledged_at_once)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 0).position;
    const json::value second = open.arrive(2, "b", 0).position;
    open.reconnect();
    open.end(first);
    BOOST_TEST((open.arrive(1, "a", 0).before == knowledge::just_ended));
    BOOST_TEST((open.take_ended() == tag(1)));
    open.end(second);
    open.reconnect();
    BOOST_TEST((open.arrive(1, "b", 0).before == knowledge::ended));
    BOOST_TEST((open.take_ended() == tag(1)));
    BOOST_TEST((open.arrive(2, "b", 0).before == knowledge::nothing));
}

BOOST_AUTO_TEST_CASE(an_end_may_be_told_again_after_its_acknowledgement_was_lost)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 0).position;
    open.end(first);
    BOOST_TEST((open.take_ended() == tag(1)));
    open.reconnect();
    open.end(first);
    BOOST_TEST((open.arrive(1, "a", 0).before == knowledge::just_ended));
    BOOST_TEST((open.take_ended() == tag(1)));
    BOOST_TEST(open.empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_was_published_twice_ends_with_the_one_that_is_under_way)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 7).position;
    const open_deliveries::arrival again = open.arrive(2, "a", 7);
    BOOST_TEST((again.before == knowledge::copy));
    BOOST_TEST(again.position == first);
    BOOST_TEST((open.arrive(3, "a", 8).before == knowledge::nothing));
    open.end(first);
    BOOST_TEST((open.take_ended() == tag(2)));
    open.reconnect();
    BOOST_TEST((open.arrive(1, "a", 8).position == json::value(json::array{"a", 2})));
    BOOST_TEST((open.arrive(2, "a", 8).before == knowledge::copy));
    open.end(json::array{"a", 2});
    BOOST_TEST((open.take_ended() == tag(2)));
    BOOST_TEST(open.empty());
}

BOOST_AUTO_TEST_CASE(a_message_that_another_consumer_got_is_forgotten)
{
    open_deliveries open("here");
    const json::value first = open.arrive(1, "a", 0).position;
    open.reconnect();
    open.end(first);
    open.reconnect();
    open.reconnect();
    BOOST_TEST((open.arrive(1, "a", 0).before == knowledge::nothing));
}

BOOST_AUTO_TEST_SUITE_END()
