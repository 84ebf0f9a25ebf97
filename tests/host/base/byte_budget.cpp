// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/byte_budget.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

BOOST_AUTO_TEST_SUITE(byte_budget)

namespace host = penstock::host;

BOOST_AUTO_TEST_CASE(a_budget_is_shared_and_given_back)
{
    host::byte_budget budget{100};
    {
        host::budget_share one{budget};
        host::budget_share other{budget};
        BOOST_TEST(one.grow(50));
        BOOST_TEST(!budget.is_short());
        BOOST_TEST(other.grow(10));
        BOOST_TEST(budget.is_short());
        BOOST_TEST(!one.grow(41));
        BOOST_TEST(!one.grow(static_cast<std::size_t>(-1)));
        BOOST_TEST(one.grow(40));
        BOOST_TEST(!other.grow(1));
    }
    BOOST_TEST(!budget.is_short());
    host::budget_share all{budget};
    BOOST_TEST(all.grow(100));
}

BOOST_AUTO_TEST_CASE(a_budget_that_shrinks_below_what_is_taken_gives_nothing_more)
{
    host::byte_budget budget{100};
    host::budget_share one{budget};
    BOOST_TEST(one.grow(60));
    budget.set_most(50);
    BOOST_TEST(!one.grow(1));
    BOOST_TEST(budget.taken() == 60U);
    budget.set_most(61);
    BOOST_TEST(one.grow(1));
}

BOOST_AUTO_TEST_CASE(a_share_may_keep_its_budget)
{
    auto budget = std::make_shared<host::byte_budget>(100);
    const std::weak_ptr<host::byte_budget> seen = budget;
    auto share = host::share_of(std::move(budget));
    BOOST_TEST(share->grow(100));
    BOOST_TEST(seen.lock()->taken() == 100U);
    share.reset();
    BOOST_TEST(seen.expired());
}

BOOST_AUTO_TEST_SUITE_END()
