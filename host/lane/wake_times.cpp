// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_times.hpp"

#include <algorithm>

namespace penstock::host
{

void wake_times::set(std::size_t rank, clock::time_point when) noexcept
{
    times_[rank] = when;
    next_ = std::min(next_, when);
}

// A look at each rank, at most once for each time that was set.
void wake_times::wake_due(clock::time_point now, const std::function<void(std::size_t rank)>& wake)
{
    if (now < next_)
        return;
    next_ = never;
    for (std::size_t rank = 0; rank < times_.size(); ++rank)
    {
        if (times_[rank] <= now)
        {
            times_[rank] = never;
            wake(rank);
        }
        next_ = std::min(next_, times_[rank]);
    }
}

} // namespace penstock::host
