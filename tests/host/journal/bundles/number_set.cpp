// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/number_set.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(numbers_in_a_set)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(numbers_are_in_the_set_until_they_are_erased)
{
    number_set set(100);
    for (const entry_number each : {100, 107, 108, 611})
        set.insert(each);
    BOOST_TEST((set.numbers() == std::vector<entry_number>{100, 107, 108, 611}));
    BOOST_TEST(set.size() == 4);
    BOOST_TEST(set.erase(107));
    BOOST_TEST(!set.erase(107));
    BOOST_TEST(!set.contains(107));
    BOOST_TEST(set.contains(108));
    BOOST_TEST(!set.contains(99));
    BOOST_TEST(!set.contains(10'000));
    for (const entry_number each : {100, 108, 611})
        set.erase(each);
    BOOST_TEST(set.is_empty());
}

BOOST_AUTO_TEST_CASE(a_set_is_made_anew_of_its_bits)
{
    number_set set(7);
    set.insert(7);
    set.insert(16);
    BOOST_TEST(set.bits() == std::string_view("\x01\x02"));
    BOOST_TEST((number_set(7, set.bits()).numbers() == std::vector<entry_number>{7, 16}));
}

// A damaged row may have as many as it likes.
BOOST_AUTO_TEST_CASE(bits_beyond_the_span_count_for_nothing)
{
    const number_set set(1, std::string(1'000, '\xff'));
    BOOST_TEST(set.size() == number_set::span);
}

BOOST_AUTO_TEST_SUITE_END()
