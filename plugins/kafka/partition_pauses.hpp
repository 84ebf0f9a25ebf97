// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "partition_list.hpp"
#include "received_message.hpp"

#include <map>

namespace kafka_package
{

/// The partitions of a member of a group, and which of them stand still. The library may forget where
/// a partition is to begin when it is paused before it has given a message, and throws away what it
/// has read ahead when one is resumed that was not paused: so neither is done. [the thread that
/// polls]
class partition_pauses
{
public:
    explicit partition_pauses(rd_kafka_t* member) : member_(member) {}

    /// Whether all are to stand still.
    [[nodiscard]] bool stands() const noexcept { return stands_; }

    /// Has all stand still: those that have given a message at once, others behind their first one.
    void stand();

    /// Has all go on.
    void go_on();

    /// Notes that a partition has given a message.
    void note_message(const partition_name& from);

    /// Forgets a partition before it is unassigned; the library would remember its pause until it
    /// is assigned again.
    void forget(const partition_name& partition);
    /// The same of all.
    void forget_all();

private:
    void pause(const partition_name& partition, bool& is_paused);
    void resume(const partition_name& partition, bool& is_paused);

    rd_kafka_t* const member_;
    bool stands_ = false;
    std::map<partition_name, bool> paused_; // of those that have given a message: whether they are
};

} // namespace kafka_package
