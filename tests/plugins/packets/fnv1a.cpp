// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/packets/fnv1a.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(fnv1a)

// From the test vectors of its authors (http://www.isthe.com/chongo/src/fnv/test_fnv.c).
BOOST_AUTO_TEST_CASE(hashes_are_those_of_its_authors)
{
    BOOST_TEST(packets::fnv1a("") == 0xcbf29ce484222325U);
    BOOST_TEST(packets::fnv1a("a") == 0xaf63dc4c8601ec8cU);
    BOOST_TEST(packets::fnv1a("foobar") == 0x85944171f73967e8U);
}

BOOST_AUTO_TEST_CASE(bytes_behind_others_are_hashed_as_all_at_once)
{
    BOOST_TEST(packets::fnv1a("bar", packets::fnv1a("foo")) == packets::fnv1a("foobar"));
}

BOOST_AUTO_TEST_SUITE_END()
