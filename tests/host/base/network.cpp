// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/network.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(network)

using penstock::host::network_of;

BOOST_AUTO_TEST_CASE(the_networks_of_ipv6_are_told_apart_not_its_addresses)
{
    BOOST_TEST(network_of("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::");
    BOOST_TEST(network_of("2001:db8:1:2::1") == "2001:db8:1:2::");
    BOOST_TEST(network_of("2001:db8:1:3::1") == "2001:db8:1:3::");
    BOOST_TEST(network_of("fe80::1%eth0") == "fe80::");
    BOOST_TEST(network_of("192.0.2.1") == "192.0.2.1");
    BOOST_TEST(network_of("::ffff:192.0.2.1") == "192.0.2.1");
}

BOOST_AUTO_TEST_SUITE_END()
