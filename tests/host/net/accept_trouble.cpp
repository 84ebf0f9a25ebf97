// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/accept_trouble.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(accept_trouble)

BOOST_AUTO_TEST_CASE(trouble_is_told_once_and_its_end_when_it_was_quiet_for_a_second)
{
    using trouble = penstock::host::http::accept_trouble;
    std::vector<std::string> heard;
    trouble told{[&](std::string_view text) { heard.emplace_back(text); }};
    const auto now = trouble::clock::now();
    told.succeeded(now);
    BOOST_TEST(heard.empty());
    told.failed("no descriptor", now);
    told.succeeded(now);
    told.failed("no descriptor", now);
    told.succeeded(now + trouble::quiet / 2);
    BOOST_TEST(heard == std::vector<std::string>{"no descriptor"},
               boost::test_tools::per_element());
    told.succeeded(now + trouble::quiet);
    told.succeeded(now + trouble::quiet);
    const std::vector<std::string> both{"no descriptor", ""};
    BOOST_TEST(heard == both, boost::test_tools::per_element());
    trouble{{}}.failed("heard by nobody", now);
}

BOOST_AUTO_TEST_SUITE_END()
