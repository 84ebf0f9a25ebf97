// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/problem_list.hpp"

#include <boost/test/unit_test.hpp>

#include <utility>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(problem_lists)

BOOST_AUTO_TEST_CASE(keep_what_is_added_in_order)
{
    problem_list list;
    BOOST_TEST(list.empty());
    list.add("/a", "is 2", "1 was expected");
    list.add("/b", "is missing", "");
    const std::vector<problem> taken = std::move(list).take();
    BOOST_REQUIRE(taken.size() == 2u);
    BOOST_TEST(to_string(taken[0]) == "/a: is 2; 1 was expected");
    BOOST_TEST(to_string(taken[1]) == "/b: is missing");
}

BOOST_AUTO_TEST_CASE(end_with_the_word_that_there_may_be_more)
{
    problem_list list;
    for (int i = 0; i < 1000; ++i)
        list.add("/a", "is wrong", "");
    BOOST_TEST(list.is_full());
    const std::vector<problem> taken = std::move(list).take();
    BOOST_TEST(taken.size() == problem_list::most);
    BOOST_TEST(to_string(taken.back()) ==
               "has more problems than are told; fewer than 100 were expected");
}

BOOST_AUTO_TEST_CASE(cut_what_nobody_reads_to_its_end)
{
    problem_list list;
    list.add(std::string(1'000'000, 'p'), std::string(1'000'000, 'm'), std::string(1'000'000, 'e'));
    BOOST_TEST(to_string(list.front()).size() < 4 * problem_list::longest);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
