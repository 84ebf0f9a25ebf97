// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/acknowledgement.hpp"

#include <boost/test/unit_test.hpp>

#include <string_view>

BOOST_AUTO_TEST_SUITE(acknowledgement)

using namespace std::chrono_literals;
namespace api = penstock::host::api;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(a_wait_is_a_number_with_its_unit)
{
    BOOST_CHECK(api::parse_wait("250ms") == 250ms);
    BOOST_CHECK(api::parse_wait("10s") == 10s);
    BOOST_CHECK(api::parse_wait("2m") == 2min);
    BOOST_CHECK(api::parse_wait("0s") == 0s);
    for (const std::string_view bad :
         {"", "s", "10", "-1s", "1.5s", "10 s", "10sec", "99999999999s", "4000000000m"})
        BOOST_CHECK_MESSAGE(!api::parse_wait(bad), bad);
}

BOOST_AUTO_TEST_SUITE_END()
