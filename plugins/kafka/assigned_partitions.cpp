// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "assigned_partitions.hpp"

#include <algorithm>

namespace kafka_package
{

void assigned_partitions::give(const rd_kafka_topic_partition_list_t& partitions)
{
    for (const rd_kafka_topic_partition_t& each : items_of(partitions))
        all_[name_of(each)] = {.assignment = ++assignments_, .wanted = each.offset};
}

std::optional<std::uint64_t>
assigned_partitions::assignment_of(const partition_name& partition) const
{
    const auto found = all_.find(partition);
    return found == all_.end() ? std::nullopt : std::optional(found->second.assignment);
}

void assigned_partitions::note_begun(const partition_name& partition)
{
    if (const auto found = all_.find(partition); found != all_.end())
        found->second.has_begun = true;
}

bool assigned_partitions::have_begun() const
{
    return std::ranges::all_of(all_, [](const auto& each) { return each.second.has_begun; });
}

void assigned_partitions::want(const low_water& ended)
{
    const auto found = all_.find(ended.of);
    if (found != all_.end() && found->second.assignment == ended.assignment)
        found->second.wanted = std::max(found->second.wanted, ended.next);
}

void assigned_partitions::note_committed(const rd_kafka_topic_partition_list_t& offsets)
{
    for (const rd_kafka_topic_partition_t& each : items_of(offsets))
        if (const auto found = all_.find(name_of(each));
            found != all_.end() && each.err == RD_KAFKA_RESP_ERR_NO_ERROR)
            found->second.committed = std::max(found->second.committed, each.offset);
}

bool assigned_partitions::is_dirty() const
{
    return std::ranges::any_of(all_, [](const auto& each) { return each.second.is_dirty(); });
}

partition_list assigned_partitions::to_commit() const
{
    partition_list made = make_partition_list();
    for (const auto& [name, each] : all_)
        if (each.is_dirty())
            add(made, name, each.wanted);
    return made;
}

partition_list assigned_partitions::to_commit(const rd_kafka_topic_partition_list_t& of) const
{
    partition_list made = make_partition_list();
    for (const rd_kafka_topic_partition_t& each : items_of(of))
        if (const auto found = all_.find(name_of(each));
            found != all_.end() && found->second.is_dirty())
            add(made, found->first, found->second.wanted);
    return made;
}

} // namespace kafka_package
