// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <vector>

namespace penstock::host
{

/// The time at which the fiber of each rank is to be woken, one at most: what waits has one wait.
/// [one lane]
class wake_times
{
public:
    using clock = std::chrono::steady_clock;
    static constexpr clock::time_point never = clock::time_point::max();

    explicit wake_times(std::size_t ranks) : times_(ranks, never) {}

    /// Sets the time of a rank, in place of the one before; `never`: at none.
    void set(std::size_t rank, clock::time_point when) noexcept;

    /// Calls `wake` with each rank whose time has come, and forgets that.
    void wake_due(clock::time_point now, const std::function<void(std::size_t rank)>& wake);

    /// A time before which none comes; `never` if none is set.
    [[nodiscard]] clock::time_point next() const noexcept { return next_; }

private:
    std::vector<clock::time_point> times_; // by rank
    clock::time_point next_ = never;       // no later than the earliest of them
};

} // namespace penstock::host
