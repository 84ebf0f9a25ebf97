// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/app/descriptor_limit.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>

#include <sys/resource.h>

BOOST_AUTO_TEST_SUITE(descriptor_limit)

BOOST_AUTO_TEST_CASE(the_limit_of_open_files_is_raised_to_what_it_may_be)
{
    rlimit before{};
    BOOST_REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
    rlimit low = before;
    low.rlim_cur = std::min<rlim_t>(before.rlim_max, 64);
    BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &low) == 0);
    const std::size_t raised = penstock::host::raise_descriptor_limit();
    rlimit after{};
    BOOST_REQUIRE(::getrlimit(RLIMIT_NOFILE, &after) == 0);
    BOOST_TEST(after.rlim_cur == std::min<rlim_t>(before.rlim_max, rlim_t{1} << 20));
    BOOST_TEST(raised == after.rlim_cur);
    BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
}

BOOST_AUTO_TEST_CASE(connections_leave_descriptors_for_the_files_of_the_host)
{
    using penstock::host::connections_within;
    BOOST_TEST(connections_within(10'000, 1'048'576) == 10'000U);
    BOOST_TEST(connections_within(10'000, 4'096) == 3'584U);
    BOOST_TEST(connections_within(10'000, 256) == 128U);
    BOOST_TEST(connections_within(50, 256) == 50U);
}

BOOST_AUTO_TEST_SUITE_END()
