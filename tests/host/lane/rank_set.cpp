// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/rank_set.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <random>
#include <set>
#include <vector>

BOOST_AUTO_TEST_SUITE(a_set_of_ranks)

using penstock::host::rank_set;

BOOST_AUTO_TEST_CASE(finds_its_ranks_from_the_highest_down)
{
    const std::vector<std::size_t> ranks{9'999, 8'192, 8'191, 4'096, 4'095, 128, 64, 63, 1, 0};
    rank_set set(10'000);
    BOOST_TEST(set.highest() == rank_set::none);
    for (const std::size_t each : ranks)
        set.insert(each);
    std::vector<std::size_t> found;
    for (std::size_t each = set.highest(); each != rank_set::none; each = set.highest_below(each))
        found.push_back(each);
    BOOST_TEST(found == ranks, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(forgets_what_is_erased)
{
    rank_set set(200);
    set.insert(5);
    set.insert(150);
    set.erase(150);
    BOOST_TEST(!set.contains(150));
    BOOST_TEST(set.highest() == 5U);
    BOOST_TEST(set.highest_below(5) == rank_set::none);
    set.erase(5);
    BOOST_TEST(set.highest() == rank_set::none);
}

BOOST_AUTO_TEST_CASE(knows_its_highest_rank_after_each_change)
{
    constexpr std::size_t ranks = 5'000;
    rank_set set(ranks);
    std::set<std::size_t> expected;
    std::minstd_rand random; // the same each time
    for (int i = 0; i < 2'000; ++i)
    {
        const std::size_t rank = random() % ranks;
        if (random() % 2 == 0)
        {
            set.insert(rank);
            expected.insert(rank);
        }
        else // mostly one that is there
        {
            const auto found = expected.lower_bound(rank);
            const std::size_t gone = found == expected.end() ? rank : *found;
            set.erase(gone);
            expected.erase(gone);
        }
        BOOST_TEST_REQUIRE(set.highest() ==
                           (expected.empty() ? rank_set::none : *expected.rbegin()));
    }
}

BOOST_AUTO_TEST_SUITE_END()
