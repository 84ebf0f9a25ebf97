// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/numbering.hpp"

#include "host/journal/checksum.hpp"

#include <boost/test/unit_test.hpp>

#include <set>

BOOST_AUTO_TEST_SUITE(numbers)

using namespace penstock::host;

BOOST_AUTO_TEST_CASE(an_id_leads_back_to_its_number)
{
    for (const std::uint64_t seed : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{12345}})
    {
        numbering ids(seed);
        for (entry_number number = 1; number < 1'000'000'000'000'000'000U; number = number * 7 + 1)
            BOOST_TEST(ids.number(ids.make(number, {})) == number);
    }
}

BOOST_AUTO_TEST_CASE(the_low_halves_of_neighbours_have_nothing_in_common)
{
    numbering ids(1);
    std::set<std::uint64_t> tops;
    for (entry_number number = 1; number <= 100; ++number)
        tops.insert(ids.make(number, {}).low >> 48);
    BOOST_TEST(tops.size() > 90);
}

BOOST_AUTO_TEST_CASE(a_sum_tells_kinds_lengths_and_order_apart)
{
    const auto sum = [](auto... columns)
    {
        checksum made;
        (made.add(columns), ...);
        return made.value();
    };
    using namespace std::string_view_literals;
    const std::set<std::uint32_t> sums{sum("ab"sv, "c"sv),
                                       sum("a"sv, "bc"sv),
                                       sum("abc"sv),
                                       sum("c"sv, "ab"sv),
                                       sum(""sv, "abc"sv),
                                       sum(std::int64_t{1}),
                                       sum("1"sv),
                                       sum(""sv),
                                       sum(),
                                       sum(std::int64_t{1} << 8)};
    BOOST_TEST(sums.size() == 10);
}

BOOST_AUTO_TEST_SUITE_END()
