// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>

namespace penstock::host
{

/// A clock of the time of day.
using wall_clock = std::function<std::chrono::system_clock::time_point()>;

/// A clock that shows the system's time at the start and is steady from there on, so that a leap of
/// the system's makes nothing old.
inline wall_clock steady_wall_clock()
{
    return [wall = std::chrono::system_clock::now(), steady = std::chrono::steady_clock::now()]
    {
        return wall + std::chrono::duration_cast<std::chrono::system_clock::duration>(
                          std::chrono::steady_clock::now() - steady);
    };
}

} // namespace penstock::host
