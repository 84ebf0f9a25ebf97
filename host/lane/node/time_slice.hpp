// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/scheduler.hpp"

#include <cstddef>

namespace penstock::host
{

/// Decides how many packets a node may take before it lets others run: so many, or, if they take
/// long, as many as fit in half a millisecond. [one lane]
class time_slice
{
public:
    /// The most packets of a slice.
    [[nodiscard]] std::size_t limit() const noexcept { return limit_; }

    /// The packets that may still be given in this slice.
    [[nodiscard]] std::size_t left() const noexcept { return left_; }

    /// Begins when the node has packets: what others did before is not its time. After the first
    /// span so many are left. After a short slice, as many packets as several full slices have go
    /// unmeasured: to look at the clock twice costs as much as a hop.
    void begin(std::size_t left);

    /// Gives so many more.
    void give(std::size_t packets) noexcept { left_ -= packets; }

    /// Counts packets that were taken.
    void took(std::size_t packets) noexcept { taken_ += packets; }

    /// Ends the slice, and learns from the time that it took, if it was measured.
    void end();

private:
    using clock = scheduler::clock;

    std::size_t limit_ = 1;
    std::size_t left_ = 0;
    std::size_t taken_ = 0;
    bool is_measured_ = false;
    clock::time_point began_{};
    std::size_t unmeasured_ = 0; // packets that are still to come
};

} // namespace penstock::host
