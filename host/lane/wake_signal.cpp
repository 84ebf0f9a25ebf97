// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/wake_signal.hpp"

#include <ctime>

namespace penstock::host
{

namespace
{

// libstdc++'s steady clock is CLOCK_MONOTONIC.
::timespec to_timespec(wake_signal::clock::time_point due) noexcept
{
    const auto since = due.time_since_epoch();
    const auto seconds = std::chrono::floor<std::chrono::seconds>(since);
    const std::chrono::nanoseconds rest = since - seconds;
    return {.tv_sec = seconds.count(), .tv_nsec = rest.count()};
}

} // namespace

void wake_signal::wait_until(clock::time_point due) noexcept
{
    int outcome = 0;
    if (due == clock::time_point::max())
    {
        outcome = ::sem_wait(&posted_);
    }
    else
    {
        const ::timespec until = to_timespec(due);
        outcome = ::sem_clockwait(&posted_, CLOCK_MONOTONIC, &until);
    }
    if (outcome == 0)
        is_set_.exchange(false, std::memory_order_acq_rel); // sees what the last notify() saw
}

} // namespace penstock::host
