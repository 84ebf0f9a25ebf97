// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/lane/tap/tap_budget.hpp"

#include <algorithm>

namespace penstock::host
{

namespace
{

// What was not shown for so long may be shown at once.
constexpr std::chrono::milliseconds burst{500};

} // namespace

void tap_budget::spend(std::size_t bytes, clock::time_point now) noexcept
{
    const double seconds = static_cast<double>(std::max(bytes, least)) / static_cast<double>(rate_);
    const auto time =
        std::chrono::duration_cast<clock::duration>(std::chrono::duration<double>(seconds));
    clock::time_point before = spent_.load(std::memory_order_relaxed);
    while (!spent_.compare_exchange_weak(before, std::max(before, now - burst) + time,
                                         std::memory_order_relaxed))
        continue;
}

} // namespace penstock::host
