// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "open_offsets.hpp"
#include "partition_list.hpp"
#include "received_message.hpp"

#include <cstdint>
#include <map>
#include <optional>

namespace kafka_package
{

/// The partitions that a member of a group has at present, each by an assignment of its own, and how
/// far each is to be committed and is. [one thread at a time]
class assigned_partitions
{
public:
    /// Adds partitions; an offset of theirs that is known is to be committed.
    void give(const rd_kafka_topic_partition_list_t& partitions);

    void take_away(const partition_name& partition) { all_.erase(partition); }

    /// The assignment by which it has a partition; nothing: it has it not.
    [[nodiscard]] std::optional<std::uint64_t> assignment_of(const partition_name& partition) const;

    /// Notes that a partition has given a message, or has none.
    void note_begun(const partition_name& partition);

    /// Whether this is so of all.
    [[nodiscard]] bool have_begun() const;

    /// Notes up to where a partition is to be committed, if it is had by the same assignment still.
    void want(const low_water& ended);

    /// Notes what was committed.
    void note_committed(const rd_kafka_topic_partition_list_t& offsets);

    /// Whether something is to be committed.
    [[nodiscard]] bool is_dirty() const;

    /// All that is to be committed.
    [[nodiscard]] partition_list to_commit() const;
    /// What of some partitions is.
    [[nodiscard]] partition_list to_commit(const rd_kafka_topic_partition_list_t& of) const;

private:
    struct state
    {
        std::uint64_t assignment = 0;
        std::int64_t wanted = -1;    ///< to be committed
        std::int64_t committed = -1; ///< by this assignment
        bool has_begun = false;

        [[nodiscard]] bool is_dirty() const noexcept { return wanted > committed; }
    };

    std::map<partition_name, state> all_;
    std::uint64_t assignments_ = 0;
};

} // namespace kafka_package
