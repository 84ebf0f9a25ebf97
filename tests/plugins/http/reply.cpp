// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using http_package::reply_entry;
using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_CASE(each_packet_is_put_into_the_answer)
{
    auto result = run_entry(reply_entry, {}, packets(packet({{"a", 1}}), packet()));
    BOOST_TEST(fields_of(result.replies) == (strings{R"({"a":1})", "{}"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(it_ends_when_nothing_comes)
{
    BOOST_TEST(run_entry(reply_entry, {}, {}).replies.empty());
}
