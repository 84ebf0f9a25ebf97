// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace penstock::host
{

/// Runs work that blocks, on as many threads as work at once, up to a bound; idle threads stay.
/// [any thread]
class blocking_pool
{
public:
    explicit blocking_pool(std::size_t most_threads = 64);

    /// Waits for all work to end.
    ~blocking_pool();
    blocking_pool(const blocking_pool&) = delete;
    blocking_pool& operator=(const blocking_pool&) = delete;

    /// Queues work, started in the order given. It must not throw.
    void post(std::function<void()> work);

private:
    void work_off();

    const std::size_t most_threads_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<std::function<void()>> queue_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

} // namespace penstock::host
