// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "blame.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(kafka_blame)

using kafka_package::blame;
using kafka_package::blame_of;

BOOST_AUTO_TEST_CASE(what_the_library_says_of_one_message_does_not_have_all_wait)
{
    for (const rd_kafka_resp_err_t each :
         {RD_KAFKA_RESP_ERR__BAD_COMPRESSION, RD_KAFKA_RESP_ERR__BAD_MSG})
        BOOST_TEST((blame_of(each) == blame::nobody_yet));
}

BOOST_AUTO_TEST_CASE(what_the_library_says_of_connections_has_all_wait)
{
    for (const rd_kafka_resp_err_t each :
         {RD_KAFKA_RESP_ERR__TRANSPORT, RD_KAFKA_RESP_ERR__MSG_TIMED_OUT,
          RD_KAFKA_RESP_ERR__PURGE_QUEUE, RD_KAFKA_RESP_ERR__FATAL})
        BOOST_TEST((blame_of(each) == blame::brokers));
}

BOOST_AUTO_TEST_SUITE_END()
