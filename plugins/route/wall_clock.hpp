// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/wait.hpp>

#include <chrono>
#include <cstdint>

namespace route_package
{

/// A clock of milliseconds since 1970 that moves as the clock of a component's waits does, which
/// stands still in tests; the time since 1970 lives on over starts. [the component's own fiber]
class wall_clock
{
public:
    /// Begins at the time of the system.
    wall_clock()
        : began_(std::chrono::duration_cast<std::chrono::milliseconds>(
                     std::chrono::system_clock::now().time_since_epoch() -
                     penstock::now().time_since_epoch())
                     .count())
    {
    }

    [[nodiscard]] std::int64_t now() const
    {
        return began_ + std::chrono::duration_cast<std::chrono::milliseconds>(
                            penstock::now().time_since_epoch())
                            .count();
    }

private:
    std::int64_t began_; // what the clock of waits is behind
};

} // namespace route_package
