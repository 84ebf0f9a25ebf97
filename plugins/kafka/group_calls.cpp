// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "group_calls.hpp"

#include "partition_list.hpp"

#include <cstdint>
#include <memory>
#include <string_view>

namespace kafka_package
{
namespace
{

using queue_handle = std::unique_ptr<rd_kafka_queue_t, void (*)(rd_kafka_queue_t*)>;
using error_handle = std::unique_ptr<rd_kafka_error_t, void (*)(rd_kafka_error_t*)>;
using message_handle = std::unique_ptr<rd_kafka_message_t, void (*)(rd_kafka_message_t*)>;

bool is_cooperative(rd_kafka_t* member)
{
    const char* const protocol = rd_kafka_rebalance_protocol(member);
    return protocol != nullptr && std::string_view(protocol) == "COOPERATIVE";
}

} // namespace

void assign(rd_kafka_t* member, const rd_kafka_topic_partition_list_t& partitions)
{
    if (is_cooperative(member))
        error_handle(rd_kafka_incremental_assign(member, &partitions), rd_kafka_error_destroy);
    else
        rd_kafka_assign(member, &partitions);
}

void unassign(rd_kafka_t* member, const rd_kafka_topic_partition_list_t& partitions)
{
    if (is_cooperative(member))
        error_handle(rd_kafka_incremental_unassign(member, &partitions), rd_kafka_error_destroy);
    else
        rd_kafka_assign(member, nullptr);
}

bool begin_where_committed(rd_kafka_t* member, rd_kafka_topic_partition_list_t& partitions)
{
    constexpr int patience = 2000; // ms
    if (rd_kafka_committed(member, &partitions, patience) != RD_KAFKA_RESP_ERR_NO_ERROR)
        return false;
    for (rd_kafka_topic_partition_t& each : items_of(partitions))
    {
        if (each.err != RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
        std::int64_t first = 0;
        if (each.offset < 0 &&
            rd_kafka_query_watermark_offsets(member, each.topic, each.partition, &first,
                                             &each.offset, patience) != RD_KAFKA_RESP_ERR_NO_ERROR)
            return false;
    }
    return true;
}

void leave_group(rd_kafka_t* member, std::chrono::milliseconds time)
{
    const queue_handle queue(rd_kafka_queue_new(member), rd_kafka_queue_destroy);
    const error_handle wrong(rd_kafka_consumer_close_queue(member, queue.get()),
                             rd_kafka_error_destroy);
    const auto deadline = std::chrono::steady_clock::now() + time;
    while (wrong == nullptr && rd_kafka_consumer_closed(member) == 0 &&
           std::chrono::steady_clock::now() < deadline)
    {
        constexpr int slice = 20; // ms
        const message_handle other(rd_kafka_consume_queue(queue.get(), slice),
                                   rd_kafka_message_destroy);
    }
}

} // namespace kafka_package
