// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/api/live/tap_places.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>

BOOST_AUTO_TEST_SUITE(tap_place_count)

using penstock::host::api::tap_places;

BOOST_AUTO_TEST_CASE(is_kept_for_each_edge_and_for_all)
{
    tap_places places(2, 3);
    places.take("g", "a.out>b.in");
    places.take("g", "a.out>b.in");
    BOOST_CHECK_EXCEPTION(places.take("g", "a.out>b.in"), std::invalid_argument,
                          [](const std::invalid_argument& why) {
                              return std::string(why.what()) ==
                                     "edge: too many taps on this edge; at most 2 were expected";
                          });
    places.take("h", "a.out>b.in"); // of another graph
    BOOST_CHECK_EXCEPTION(places.take("g", "b.out>c.in"), std::invalid_argument,
                          [](const std::invalid_argument& why) {
                              return std::string(why.what()) ==
                                     "edge: too many taps on this host; at most 3 were expected";
                          });
    places.give_back("g", "a.out>b.in");
    places.take("g", "a.out>b.in");
}

BOOST_AUTO_TEST_CASE(does_not_change_when_nothing_was_taken)
{
    tap_places places(1, 1);
    places.give_back("g", "a.out>b.in");
    places.take("g", "a.out>b.in");
    BOOST_CHECK_THROW(places.take("g", "b.out>c.in"), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
