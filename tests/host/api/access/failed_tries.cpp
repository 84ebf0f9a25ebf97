// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/failed_tries.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <string>

BOOST_AUTO_TEST_SUITE(failed_tries)

namespace api = penstock::host::api;

BOOST_AUTO_TEST_CASE(tries_are_forgotten_after_a_while_and_when_there_are_too_many)
{
    api::failed_tries tries;
    const auto now = api::failed_tries::clock::now();
    for (std::size_t i = 0; i < api::failed_tries::most; ++i)
        BOOST_TEST(!tries.note("192.0.2.1", now).has_value());
    const auto first = tries.note("192.0.2.1", now);
    BOOST_REQUIRE(first.has_value());
    BOOST_TEST(first->is_first);
    BOOST_TEST((first->pause == api::failed_tries::window));
    BOOST_TEST(!tries.note("192.0.2.1", now)->is_first);
    BOOST_TEST(!tries.note("192.0.2.1", now + api::failed_tries::window).has_value());
    for (std::size_t i = 0; i < 2 * api::failed_tries::most_addresses; ++i)
        BOOST_TEST(!tries.note("a" + std::to_string(i), now).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
