// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/intake/waiting_entries.hpp"

#include "host/engine/receipt.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

BOOST_AUTO_TEST_SUITE(entries_that_wait)

using namespace penstock::host;

namespace
{

std::unique_ptr<entry> numbered(std::uint64_t number)
{
    auto made = std::make_unique<entry>();
    made->receipt = std::make_shared<receipt>(issue{.number = number, .id = {}}, "g");
    return made;
}

std::vector<std::uint64_t> numbers_of(const std::vector<std::unique_ptr<entry>>& entries)
{
    std::vector<std::uint64_t> numbers;
    for (const auto& each : entries)
        numbers.push_back(each->receipt->number());
    return numbers;
}

} // namespace

BOOST_AUTO_TEST_CASE(are_given_out_by_number_wherever_they_come_from)
{
    waiting_entries waiting;
    waiting.hold(numbered(4));
    waiting.come_back(numbered(3));
    waiting.come_back(numbered(1));
    waiting.hold(numbered(5));
    BOOST_TEST(numbers_of(waiting.take_in_order()) == (std::vector<std::uint64_t>{1, 3, 4, 5}),
               boost::test_tools::per_element());
    BOOST_TEST(!waiting.is_due());
}

BOOST_AUTO_TEST_CASE(keep_back_what_comes_while_they_wait_or_are_given_out)
{
    waiting_entries waiting;
    BOOST_TEST(!waiting.must_wait());
    waiting.version_ends();
    BOOST_TEST(waiting.must_wait());
    waiting.hold(numbered(1));
    waiting.version_ended();
    BOOST_TEST(waiting.must_wait());
    BOOST_TEST(waiting.begin_release());
    BOOST_TEST(!waiting.begin_release());
    const auto out = waiting.take_in_order();
    BOOST_TEST(waiting.must_wait());
    waiting.end_release();
    BOOST_TEST(!waiting.must_wait());
}

// A version that got 1 and 2 ends, and gives them back, between the giving out of 2 and of 3.
BOOST_AUTO_TEST_CASE(are_not_given_out_before_what_has_come_back_meanwhile)
{
    waiting_entries waiting;
    for (const std::uint64_t number : {1, 2, 3, 4})
        waiting.hold(numbered(number));
    BOOST_TEST(waiting.begin_release());
    std::vector<std::unique_ptr<entry>> out = waiting.take_in_order();
    BOOST_TEST(waiting.may_release());
    waiting.version_ends();
    BOOST_TEST(!waiting.may_release());
    waiting.come_back(std::move(out[1]));
    waiting.come_back(std::move(out[0]));
    waiting.version_ended();
    BOOST_TEST(!waiting.may_release());
    waiting.put_back(std::move(out), 2);
    BOOST_TEST(waiting.is_due());
    BOOST_TEST(numbers_of(waiting.take_in_order()) == (std::vector<std::uint64_t>{1, 2, 3, 4}),
               boost::test_tools::per_element());
    BOOST_TEST(waiting.may_release());
}

BOOST_AUTO_TEST_SUITE_END()
