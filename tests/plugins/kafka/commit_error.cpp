// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "commit_error.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(kafka_commit_error)

using kafka_package::error_of_commit;
using kafka_package::passes_by_itself;

BOOST_AUTO_TEST_CASE(an_error_of_a_partition_is_one_of_the_commit_and_the_lasting_one_is_told)
{
    const kafka_package::partition_list offsets = kafka_package::make_partition_list();
    BOOST_TEST(error_of_commit(RD_KAFKA_RESP_ERR_NO_ERROR, nullptr) == RD_KAFKA_RESP_ERR_NO_ERROR);
    for (const std::int32_t number : {0, 1, 2})
        kafka_package::add(offsets, {"t", number}, 1);
    BOOST_TEST(error_of_commit(RD_KAFKA_RESP_ERR_NO_ERROR, offsets.get()) ==
               RD_KAFKA_RESP_ERR_NO_ERROR);
    offsets->elems[1].err = RD_KAFKA_RESP_ERR_NOT_COORDINATOR;
    BOOST_TEST(error_of_commit(RD_KAFKA_RESP_ERR_NO_ERROR, offsets.get()) ==
               RD_KAFKA_RESP_ERR_NOT_COORDINATOR);
    offsets->elems[2].err = RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART;
    for (const rd_kafka_resp_err_t whole :
         {RD_KAFKA_RESP_ERR_NO_ERROR, RD_KAFKA_RESP_ERR_NOT_COORDINATOR})
        BOOST_TEST(error_of_commit(whole, offsets.get()) ==
                   RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART);
    BOOST_TEST(error_of_commit(RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED, offsets.get()) ==
               RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED);
}

BOOST_AUTO_TEST_CASE(only_what_a_group_settles_by_itself_passes)
{
    for (const rd_kafka_resp_err_t each :
         {RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS, RD_KAFKA_RESP_ERR_NOT_COORDINATOR,
          RD_KAFKA_RESP_ERR__TRANSPORT})
        BOOST_TEST(passes_by_itself(each));
    for (const rd_kafka_resp_err_t each :
         {RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART,
          RD_KAFKA_RESP_ERR_OFFSET_METADATA_TOO_LARGE})
        BOOST_TEST(!passes_by_itself(each));
}

BOOST_AUTO_TEST_SUITE_END()
