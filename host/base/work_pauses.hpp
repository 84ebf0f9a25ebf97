// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <thread>

namespace penstock::host
{

/// The pauses of a thread in work of many steps, at which it yields the processor to those that
/// wait for it. Without them, a thread that is woken to answer a request waits until the scheduler
/// ends the time slice of the one that works, which is 4 ms on many a kernel. With a pause after
/// each step, the work would hardly go on beside busy processes. One thread at a time.
class work_pauses
{
public:
    using clock = std::chrono::steady_clock;

    static constexpr std::chrono::microseconds between{500};

    explicit work_pauses(clock::time_point begin = clock::now()) : last_(begin) {}

    /// Yields if the last pause was so long ago. Between two steps, where no lock is held.
    void pause_if_due()
    {
        if (!is_due(clock::now()))
            return;
        std::this_thread::yield();
        last_ = clock::now();
    }

    [[nodiscard]] bool is_due(clock::time_point now) const noexcept
    {
        return now - last_ >= between;
    }

private:
    clock::time_point last_; // the end of the last pause
};

} // namespace penstock::host
