// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "partition_list.hpp"

namespace kafka_package
{

/// Whether a commit that has failed with an error may succeed by itself soon: the group shares its
/// partitions anew, or its coordinator is another one or out of reach.
[[nodiscard]] inline bool passes_by_itself(rd_kafka_resp_err_t error) noexcept
{
    switch (error)
    {
    case RD_KAFKA_RESP_ERR_REBALANCE_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION:
    case RD_KAFKA_RESP_ERR_UNKNOWN_MEMBER_ID:
    case RD_KAFKA_RESP_ERR_COORDINATOR_NOT_AVAILABLE:
    case RD_KAFKA_RESP_ERR_COORDINATOR_LOAD_IN_PROGRESS:
    case RD_KAFKA_RESP_ERR_NOT_COORDINATOR:
    case RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT:
    case RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN:
    case RD_KAFKA_RESP_ERR__ASSIGNMENT_LOST:
    case RD_KAFKA_RESP_ERR__DESTROY:
    case RD_KAFKA_RESP_ERR__NO_OFFSET:
    case RD_KAFKA_RESP_ERR__TIMED_OUT:
    case RD_KAFKA_RESP_ERR__TRANSPORT:
    case RD_KAFKA_RESP_ERR__WAIT_COORD: return true;
    default: return false;
    }
}

/// Returns the error of a commit as a whole or else of a partition of it, and of these rather one
/// that does not pass by itself.
[[nodiscard]] inline rd_kafka_resp_err_t
error_of_commit(rd_kafka_resp_err_t whole, const rd_kafka_topic_partition_list_t* offsets)
{
    rd_kafka_resp_err_t found = whole;
    if (offsets != nullptr)
        for (const rd_kafka_topic_partition_t& each : items_of(*offsets))
            if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR &&
                (found == RD_KAFKA_RESP_ERR_NO_ERROR || passes_by_itself(found)))
                found = each.err;
    return found;
}

} // namespace kafka_package
