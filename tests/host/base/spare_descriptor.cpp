// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/spare_descriptor.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(spare_descriptor)

BOOST_AUTO_TEST_CASE(a_spare_descriptor_is_free_while_it_is_lent_and_held_again_afterwards)
{
    penstock::host::spare_descriptor spare;
    BOOST_TEST(spare.is_held());
    {
        const penstock::host::spare_descriptor::loan lent(spare);
        BOOST_TEST(!spare.is_held());
    }
    BOOST_TEST(spare.is_held());
}

BOOST_AUTO_TEST_SUITE_END()
