// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>

namespace penstock::detail
{

/// Returns the time that lies so far behind another; the last one if it cannot be told.
template <class Duration>
[[nodiscard]] std::chrono::steady_clock::time_point
deadline_after(std::chrono::steady_clock::time_point now, Duration time)
{
    using clock = std::chrono::steady_clock;
    const auto longest = std::chrono::floor<Duration>(clock::time_point::max() - now);
    return time >= longest ? clock::time_point::max() : now + time;
}

} // namespace penstock::detail
