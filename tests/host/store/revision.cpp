// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(revision_of_a_text)

using penstock::host::revision;

BOOST_AUTO_TEST_CASE(is_the_published_hash)
{
    BOOST_TEST(revision("") == "cbf29ce484222325");
    BOOST_TEST(revision("a") == "af63dc4c8601ec8c");
}

BOOST_AUTO_TEST_SUITE_END()
