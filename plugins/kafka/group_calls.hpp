// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

#include <librdkafka/rdkafka.h>

namespace kafka_package
{

// What a member of a group does, by the library; each as the group shares its partitions.

/// Begins to read partitions that the group has given. [its rebalance callback]
void assign(rd_kafka_t* member, const rd_kafka_topic_partition_list_t& partitions);

/// Ends the reading of partitions that the group takes away. [its rebalance callback]
void unassign(rd_kafka_t* member, const rd_kafka_topic_partition_list_t& partitions);

/// Sets the offsets of partitions to where the group has committed them, and of others to their
/// ends. Blocks for some seconds at most; returns whether it could. [any thread]
[[nodiscard]] bool begin_where_committed(rd_kafka_t* member,
                                         rd_kafka_topic_partition_list_t& partitions);

/// Leaves the group; gives up after a time. [the thread that polls]
void leave_group(rd_kafka_t* member, std::chrono::milliseconds time);

} // namespace kafka_package
