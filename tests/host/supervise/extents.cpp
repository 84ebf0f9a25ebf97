// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/extents.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(row_of_places)

using penstock::host::supervise::extents;

BOOST_AUTO_TEST_CASE(pieces_do_not_overlap_and_end_where_the_row_ends)
{
    extents row(1, 11);
    BOOST_TEST(row.take(4).value() == 1u);
    BOOST_TEST(row.take(4).value() == 5u);
    BOOST_TEST(!row.take(4).has_value());
    BOOST_TEST(row.take(2).value() == 9u);
    BOOST_TEST(!row.take(1).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_given_back_in_any_order_is_one_piece_again)
{
    for (const bool forward : {false, true})
    {
        extents row(0, 6);
        const std::size_t a = *row.take(2), b = *row.take(2), c = *row.take(2);
        row.give_back(b, 2);
        row.give_back(forward ? a : c, 2);
        row.give_back(forward ? c : a, 2);
        BOOST_TEST(row.take(6).value() == 0u);
    }
}

BOOST_AUTO_TEST_CASE(nothing_can_be_had_even_if_all_is_lent)
{
    extents row(0, 1);
    BOOST_TEST(row.take(1).has_value());
    BOOST_TEST(row.take(0).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
