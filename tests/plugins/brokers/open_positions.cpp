// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "../brokers/open_positions.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(brokers_open_positions)

using brokers::open_positions;
using knowledge = open_positions::knowledge;

BOOST_AUTO_TEST_CASE(what_comes_twice_is_told_to_the_host_once)
{
    open_positions open;
    BOOST_TEST(open.empty());
    BOOST_TEST((open.arrive("a", "1") == knowledge::nothing));
    BOOST_TEST((open.arrive("a", "2") == knowledge::under_way));
    BOOST_TEST(open.handle_of("a") == "2");
    BOOST_TEST(open.handle_of("b") == "");
    open.forget("a");
    BOOST_TEST(open.empty());
    BOOST_TEST((open.arrive("a", "3") == knowledge::nothing));
}

BOOST_AUTO_TEST_CASE(after_a_reconnect_the_host_expects_each_once_more)
{
    open_positions open;
    (void)open.arrive("a", "1");
    (void)open.arrive("b", "2");
    open.refuse("b");
    open.reconnect();
    BOOST_TEST((open.arrive("a", "3") == knowledge::expected));
    BOOST_TEST((open.arrive("a", "4") == knowledge::under_way));
    BOOST_TEST((open.arrive("b", "5") == knowledge::refused));
    BOOST_TEST((open.keys() == std::vector<std::string>{"a", "b"}));
    BOOST_TEST((open.handles() == std::vector<std::string>{"4", "5"}));
}

BOOST_AUTO_TEST_CASE(what_was_acknowledged_before_it_came_again_is_told_as_ended)
{
    open_positions open;
    (void)open.arrive("a", "1");
    open.reconnect();
    open.forget("a");
    BOOST_TEST((open.arrive("a", "2") == knowledge::ended));
    BOOST_TEST((open.arrive("a", "3") == knowledge::nothing));
    open.reconnect();
    open.forget("a");
    open.reconnect(); // the host has forgotten it too
    BOOST_TEST((open.arrive("a", "4") == knowledge::nothing));
}

BOOST_AUTO_TEST_SUITE_END()
