// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "received_message.hpp"

#include <cstdint>
#include <memory>
#include <span>

namespace kafka_package
{

/// A list of partitions of the library, owned.
using partition_list =
    std::unique_ptr<rd_kafka_topic_partition_list_t, void (*)(rd_kafka_topic_partition_list_t*)>;

/// Makes a list without partitions.
[[nodiscard]] inline partition_list make_partition_list()
{
    return {rd_kafka_topic_partition_list_new(8), rd_kafka_topic_partition_list_destroy};
}

/// Adds a partition with an offset.
inline void add(const partition_list& to, const partition_name& what, std::int64_t offset)
{
    rd_kafka_topic_partition_list_add(to.get(), what.topic.c_str(), what.number)->offset = offset;
}

/// The partitions of a list.
[[nodiscard]] inline std::span<rd_kafka_topic_partition_t>
items_of(const rd_kafka_topic_partition_list_t& list)
{
    return {list.elems, static_cast<std::size_t>(list.cnt)};
}

/// The name of a partition in a list.
[[nodiscard]] inline partition_name name_of(const rd_kafka_topic_partition_t& item)
{
    return {item.topic, item.partition};
}

} // namespace kafka_package
