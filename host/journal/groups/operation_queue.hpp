// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/operation.hpp"

#include <penstock/detail/recycled.hpp>

#include <chrono>
#include <cstddef>
#include <deque>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// What is committed at a time.
using operation_group = std::vector<operation>;

using operation_list = std::deque<operation, detail::recycling_allocator<operation>>;

/// Operations on their way to the disk, in the order of the calls; the numbers of entries go up.
/// [under the writer's lock]
///
/// What is done waits beside them for some commits, because each commit that marks it writes pages
/// that the next one writes again: 3 of 11 for 30 documents.
class operation_queue
{
public:
    using clock = std::chrono::steady_clock;

    /// What take() takes at most.
    struct group_limits
    {
        std::size_t entries = 0;
        std::size_t bytes = 0; ///< of entries, but for the last
    };

    /// Adds an operation, and returns whether the thread is to be woken. Throws std::bad_alloc:
    /// then the operation stays with the caller.
    bool push(operation&& what);

    /// Takes the first ones, and behind them what is done if the first of that came by the time
    /// `due`, if nobody waits for the others, if somebody waits for what is no entry, or if there
    /// is much of it.
    operation_group take(const group_limits& limits, clock::time_point due);

    /// Takes all of them.
    operation_group take_all();

    /// Puts back failed operations without a waiter, to be tried again, and takes out of the whole
    /// queue those with a waiter, to be refused.
    operation_group put_back(operation_group failed);

    [[nodiscard]] bool is_empty() const noexcept { return queue_.empty() && done_.empty(); }

    /// Whether take() would take somebody's entry together with as many others, or as many bytes,
    /// as it may; or somebody waits for what is no entry.
    [[nodiscard]] bool has_group(const group_limits& limits) const noexcept
    {
        return awaited_entries() >= limits.entries || bytes_ >= limits.bytes || awaited_others_ > 0;
    }

    /// How many of them have a waiter.
    [[nodiscard]] std::size_t awaited() const noexcept { return awaited_; }

    /// How many of these are entries.
    [[nodiscard]] std::size_t awaited_entries() const noexcept
    {
        return awaited_ - awaited_others_;
    }

    /// Lets push() tell to wake the thread when there is such a group, too; nothing: no more.
    void wake_at(std::optional<group_limits> limits) noexcept { wake_at_ = limits; }

    /// Whether one of them has a waiter.
    [[nodiscard]] bool is_awaited() const noexcept { return awaited_ > 0; }

    /// When the first one without a waiter came.
    [[nodiscard]] std::optional<clock::time_point> lazy_since() const noexcept;

private:
    /// An entry that need not be written if it is done soon.
    struct lazy_append
    {
        entry_number number = 0;
        operation* what = nullptr; ///< in the queue; null: no more
    };

    /// A done_operation without dead letters.
    struct done_entry
    {
        explicit done_entry(std::uint64_t taken) : after(taken) {}

        std::uint64_t after = 0; ///< how many are taken out of queue_ before it
        operation what;
    };

    bool takes_back(operation& what);
    [[nodiscard]] bool takes_done() const noexcept;
    void move_done(operation_group& to, std::size_t most);
    void note_lazy(operation& what) noexcept;
    void forget_lazy(lazy_append& of) noexcept;
    [[nodiscard]] lazy_append* find_lazy(entry_number number) noexcept;

    operation_list queue_;
    std::deque<done_entry> done_;  // but for what takes the place of its entry
    std::uint64_t taken_ = 0;      // out of queue_, since it was made
    std::deque<lazy_append> lazy_; // in the queue, in the order of their numbers
    std::size_t awaited_ = 0;
    std::size_t bytes_ = 0; // of the entries in queue_
    std::optional<group_limits> wake_at_;
    std::size_t awaited_others_ = 0;   // of these, that are no entries
    std::size_t bytes_since_done_ = 0; // of entries that were taken since something done was
    std::optional<clock::time_point> lazy_since_; // of those in queue_
    std::optional<clock::time_point> done_since_; // of those in done_
};

/// How many entries of a group have a waiter; before it is settled.
[[nodiscard]] std::size_t awaited_entries(const operation_group& operations);

/// Calls the waiters of operations that are committed, in order.
void settle(operation_group& operations);

/// Calls the waiters of operations that will not be committed.
void refuse(operation_group& operations, const std::string& reason);

} // namespace penstock::host
