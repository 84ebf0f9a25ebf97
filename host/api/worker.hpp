// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace penstock::host::http
{

/// Does slow work, one job after the other, on a thread of its own, so that the server's threads
/// need not wait for it. [any thread]
class worker
{
public:
    /// At most `most` jobs wait.
    explicit worker(std::size_t most = 64);

    /// Finishes the job in hand, lets go of those that wait, and joins the thread.
    ~worker();
    worker(const worker&) = delete;
    worker& operator=(const worker&) = delete;

    /// Takes a job, unless too many wait; tells which. The job must not throw.
    [[nodiscard]] bool take(std::function<void()> job);

private:
    void run();

    const std::size_t most_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> jobs_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace penstock::host::http
