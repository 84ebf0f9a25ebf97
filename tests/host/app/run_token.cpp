// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/run_token.hpp"

#include "host/store/token.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>

namespace penstock::host
{

BOOST_AUTO_TEST_SUITE(tokens_of_a_run)

BOOST_AUTO_TEST_CASE(there_is_none_until_one_is_asked_for)
{
    const auto memory = std::make_unique<supervise::shared_head>();
    BOOST_TEST(made_run_token(*memory).empty());
    const std::string token = run_token(*memory);
    BOOST_TEST(is_token_text(token), token);
    BOOST_TEST(made_run_token(*memory) == token);
}

BOOST_AUTO_TEST_CASE(it_stays_the_same)
{
    const auto memory = std::make_unique<supervise::shared_head>();
    const std::string token = run_token(*memory);
    BOOST_TEST(run_token(*memory) == token);
}

BOOST_AUTO_TEST_CASE(what_is_no_token_is_replaced)
{
    const auto memory = std::make_unique<supervise::shared_head>();
    std::ranges::fill(memory->run_token, 'x');
    BOOST_TEST(made_run_token(*memory).empty());
    BOOST_TEST(is_token_text(run_token(*memory)));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
