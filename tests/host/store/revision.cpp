// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/revision.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(revision_of_a_text)

using penstock::host::revision;

BOOST_AUTO_TEST_CASE(is_its_sha_256)
{
    BOOST_TEST(revision("abc") ==
               "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

BOOST_AUTO_TEST_SUITE_END()
