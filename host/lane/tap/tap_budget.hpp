// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>

namespace penstock::host
{

/// The bytes that all taps of a host may show in a second. What is beyond them is not shown, so
/// that many viewers cost a graph no more than a few do. [any thread]
class tap_budget
{
public:
    using clock = std::chrono::steady_clock;

    static constexpr std::size_t least = 1024; ///< bytes that showing one packet counts for

    explicit tap_budget(std::size_t bytes_per_second) : rate_(bytes_per_second) {}

    /// Returns whether something may be shown now.
    [[nodiscard]] bool is_left(clock::time_point now) const noexcept
    {
        return spent_.load(std::memory_order_relaxed) <= now;
    }

    /// Notes that so many bytes were shown.
    void spend(std::size_t bytes, clock::time_point now) noexcept;

private:
    const std::size_t rate_;
    std::atomic<clock::time_point> spent_{clock::time_point::min()}; // nothing is shown before
};

} // namespace penstock::host
