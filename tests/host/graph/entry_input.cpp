// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/entry_input.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(entry_inputs)

BOOST_AUTO_TEST_CASE(are_in_wherever_an_adapter_declares_it)
{
    BOOST_TEST((entry_input(category::adapter, {"in"}) == 0U));
    BOOST_TEST((entry_input(category::adapter, {"other", "in"}) == 1U));
}

BOOST_AUTO_TEST_CASE(are_had_by_no_adapter_without_it_and_by_nothing_else)
{
    BOOST_TEST(!entry_input(category::adapter, {"other"}).has_value());
    BOOST_TEST(!entry_input(category::adapter, {}).has_value());
    BOOST_TEST(!entry_input(category::publisher, {"in"}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
