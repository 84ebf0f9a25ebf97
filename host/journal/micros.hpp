// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>

namespace penstock::host
{

/// Counts from the epoch of the system clock, in microseconds, as the tables do.
[[nodiscard]] inline std::int64_t micros_of(std::chrono::system_clock::time_point time) noexcept
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

/// The time of such a count, of any number: a damaged row may hold one.
[[nodiscard]] inline std::chrono::system_clock::time_point time_of(std::int64_t micros) noexcept
{
    using time = std::chrono::system_clock::time_point;
    return time(std::chrono::microseconds(
        std::clamp(micros, micros_of(time::min()), micros_of(time::max()))));
}

} // namespace penstock::host
