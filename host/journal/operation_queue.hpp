// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/operation.hpp"

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
class operation_queue
{
public:
    using clock = std::chrono::steady_clock;

    /// Adds an operation, and returns whether the thread is to be woken. Throws std::bad_alloc: then
    /// the operation stays with the caller.
    bool push(operation&& what);

    /// Takes the first ones, with at most so many entries and bytes of them, but for the last.
    operation_group take(std::size_t entries, std::size_t bytes);

    /// Puts back failed operations without a waiter, to be tried again, and takes out of the whole
    /// queue those with a waiter, to be refused.
    operation_group put_back(operation_group failed);

    [[nodiscard]] bool is_empty() const noexcept { return queue_.empty(); }

    /// Whether one of them has a waiter.
    [[nodiscard]] bool is_awaited() const noexcept { return awaited_ > 0; }

    /// When the first one without a waiter came.
    [[nodiscard]] std::optional<clock::time_point> lazy_since() const noexcept
    {
        return lazy_since_;
    }

private:
    /// An entry that need not be written if it is done soon.
    struct lazy_append
    {
        entry_number number = 0;
        operation* what = nullptr; ///< in the queue; null: no more
    };

    bool takes_back(operation& what);
    void note_lazy(operation& what) noexcept;
    void forget_lazy(lazy_append& of) noexcept;
    [[nodiscard]] lazy_append* find_lazy(entry_number number) noexcept;

    operation_list queue_;
    std::deque<lazy_append> lazy_; // in the queue, in the order of their numbers
    std::size_t awaited_ = 0;
    std::optional<clock::time_point> lazy_since_;
};

/// Calls the waiters of operations that are committed, in order.
void settle(operation_group& operations);

/// Calls the waiters of operations that will not be committed.
void refuse(operation_group& operations, const std::string& reason);

} // namespace penstock::host
