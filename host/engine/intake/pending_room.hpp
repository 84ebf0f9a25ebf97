// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/intake/quota.hpp"
#include "host/engine/intake/room_queue.hpp"

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

namespace penstock::host
{

/// The room that a graph has for entries that are pending, in memory and in its journal. [any
/// thread]
class pending_room
{
public:
    explicit pending_room(quota_limits limits) : quota_(limits) {}

    /// Returns whether an entry of that size can ever fit.
    [[nodiscard]] bool can_hold(std::size_t bytes) const noexcept
    {
        return bytes <= quota_.limits().bytes;
    }

    /// Reserves room for an entry; false if there is none now. What memory will let go of may
    /// exceed its limit while it waits for the journal, up to twice: then the journal is too slow
    /// for what comes in. `together` is what entries have reserved that are let in with this one or
    /// not at all: as one, they may begin while there is room.
    [[nodiscard]] bool reserve(std::size_t bytes, bool memory_lets_go,
                               std::size_t together = 0) noexcept
    {
        const std::size_t most = quota_.memory() * (memory_lets_go ? 2 : 1) + together;
        const bool fits = in_memory_.fetch_add(bytes) < most;
        if (fits && quota_.reserve(bytes))
            return true;
        in_memory_.fetch_sub(bytes);
        return false;
    }

    /// Takes room for an entry, whatever the limits say.
    void take(std::size_t bytes) noexcept
    {
        in_memory_.fetch_add(bytes);
        quota_.add(1, bytes);
    }

    /// Gives an entry's room back.
    void release(std::size_t bytes)
    {
        in_memory_.fetch_sub(bytes);
        quota_.release(bytes);
        waiting_.freed();
    }

    /// Registers a source that is notified when room is given back; see room_queue::wait().
    void wait(std::shared_ptr<completion_queue> source) { waiting_.wait(std::move(source)); }

    /// Sets how many bytes may be in memory; nothing: as the limits say.
    void limit_memory(std::optional<std::uint64_t> wanted) noexcept { quota_.set_memory(wanted); }

    /// Has sources that wait try again.
    void look_again() { waiting_.freed(); }

    /// Counts entries that an earlier run left in the journal.
    void add_left(std::size_t entries, std::size_t bytes) noexcept { quota_.add(entries, bytes); }

    /// Called when an entry leaves memory, and when it is read back from the journal.
    void left_memory(std::size_t bytes)
    {
        in_memory_.fetch_sub(bytes);
        waiting_.freed();
    }
    void is_back(std::size_t bytes) noexcept { in_memory_.fetch_add(bytes); }

    [[nodiscard]] bool memory_is_full() const noexcept
    {
        return in_memory_.load() > quota_.memory();
    }

    /// How many bytes may be read back now; nothing before half of memory is free, for each read is
    /// a trip to the disk.
    [[nodiscard]] std::optional<std::size_t> to_read_back() const noexcept
    {
        const std::size_t used = in_memory_.load();
        const std::size_t limit = quota_.memory();
        if (used > limit / 2)
            return std::nullopt;
        return limit - used;
    }

    [[nodiscard]] const quota& pending() const noexcept { return quota_; }
    [[nodiscard]] std::size_t in_memory() const noexcept { return in_memory_.load(); }

private:
    quota quota_;
    std::atomic<std::size_t> in_memory_{0}; // bytes, of those in the quota
    room_queue waiting_;                    // sources
};

} // namespace penstock::host
