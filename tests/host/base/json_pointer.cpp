// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/json_pointer.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(json_pointers)

BOOST_AUTO_TEST_CASE(join_keys_and_numbers)
{
    BOOST_TEST(pointer_to("", "nodes") == "/nodes");
    BOOST_TEST(pointer_to("/edges", 3) == "/edges/3");
}

BOOST_AUTO_TEST_CASE(escape_what_has_a_meaning)
{
    BOOST_TEST(pointer_to("/a", "b/c~d") == "/a/b~1c~0d");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
