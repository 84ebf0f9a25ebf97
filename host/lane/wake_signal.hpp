// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <semaphore.h>

namespace penstock::host
{

/// The sleep of one thread, which others end. A condition variable would take two system calls more
/// each time: glibc marks the mutex of a waiter as contended, and who is woken waits for it.
class wake_signal
{
public:
    using clock = std::chrono::steady_clock;

    wake_signal() noexcept { ::sem_init(&posted_, 0, 0); }
    wake_signal(const wake_signal&) = delete;
    wake_signal& operator=(const wake_signal&) = delete;
    ~wake_signal() { ::sem_destroy(&posted_); }

    /// Ends the sleep, or the next one if there is none. The object stays until it has returned.
    /// [any thread]
    void notify() noexcept
    {
        if (!is_set_.exchange(true, std::memory_order_acq_rel))
            ::sem_post(&posted_);
    }

    /// Sleeps until notify(), or until that time; `max()` is never. It may end earlier. What was
    /// written before a notify() that ended it can be read. [one thread]
    void wait_until(clock::time_point due) noexcept;

private:
    ::sem_t posted_;
    std::atomic<bool> is_set_{false}; // from notify() to the end of the sleep
};

} // namespace penstock::host
