// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/letters/dead_letter_ledger.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <vector>

BOOST_AUTO_TEST_SUITE(dead_letter_ledger)

BOOST_AUTO_TEST_CASE(changes_count_when_they_are_committed_each_for_its_graph)
{
    penstock::host::dead_letter_ledger ledger;
    const auto usage = ledger.of("g");
    ledger.add("g", 100);
    ledger.add("g", 20);
    ledger.add("other", 5);
    BOOST_TEST(usage->bytes() == 0U);
    ledger.commit();
    BOOST_TEST(usage->bytes() == 120U);
    BOOST_TEST(ledger.of("other")->bytes() == 5U);
    ledger.add("g", -20);
    ledger.roll_back();
    ledger.commit();
    BOOST_TEST(usage->bytes() == 120U);
    BOOST_TEST((ledger.of("g") == usage));
}

BOOST_AUTO_TEST_CASE(who_listens_hears_the_bytes_at_once_and_after_each_change_until_it_ends)
{
    penstock::host::dead_letter_usage usage;
    usage.change(7);
    std::vector<std::uint64_t> one;
    std::vector<std::uint64_t> other;
    usage.watch(&one, [&](std::uint64_t bytes) { one.push_back(bytes); });
    usage.watch(&other, [&](std::uint64_t bytes) { other.push_back(bytes); });
    usage.change(3);
    usage.watch(&one, {});
    usage.change(-20); // more than there was
    BOOST_TEST(one == (std::vector<std::uint64_t>{7, 10}), boost::test_tools::per_element());
    BOOST_TEST(other == (std::vector<std::uint64_t>{7, 10, 0}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
