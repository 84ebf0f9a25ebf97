// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "partition_pauses.hpp"

#include <utility>

namespace kafka_package
{
namespace
{

partition_list list_of(const partition_name& partition)
{
    partition_list made = make_partition_list();
    add(made, partition, RD_KAFKA_OFFSET_INVALID);
    return made;
}

} // namespace

void partition_pauses::stand()
{
    stands_ = true;
    for (auto& [partition, is_paused] : paused_)
        pause(partition, is_paused);
}

void partition_pauses::go_on()
{
    stands_ = false;
    for (auto& [partition, is_paused] : paused_)
        resume(partition, is_paused);
}

void partition_pauses::note_message(const partition_name& from)
{
    bool& is_paused = paused_[from];
    if (stands_)
        pause(from, is_paused);
}

void partition_pauses::forget(const partition_name& partition)
{
    const auto found = paused_.find(partition);
    if (found == paused_.end())
        return;
    resume(found->first, found->second);
    paused_.erase(found);
}

void partition_pauses::forget_all()
{
    for (auto& [partition, is_paused] : paused_)
        resume(partition, is_paused);
    paused_.clear();
}

void partition_pauses::pause(const partition_name& partition, bool& is_paused)
{
    if (!std::exchange(is_paused, true))
        rd_kafka_pause_partitions(member_, list_of(partition).get());
}

void partition_pauses::resume(const partition_name& partition, bool& is_paused)
{
    if (std::exchange(is_paused, false))
        rd_kafka_resume_partitions(member_, list_of(partition).get());
}

} // namespace kafka_package
