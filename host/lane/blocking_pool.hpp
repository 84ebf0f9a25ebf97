// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/supervise/inflight.hpp"

#include <condition_variable>
#include <cstddef>
#include <cstdint>
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
    /// Its threads tell in `threads` what they run; null: nowhere.
    explicit blocking_pool(std::size_t most_threads = 64, supervise::inflight* threads = nullptr);

    /// Waits for all work to end.
    ~blocking_pool();
    blocking_pool(const blocking_pool&) = delete;
    blocking_pool& operator=(const blocking_pool&) = delete;

    /// Queues work, started in the order given. It must not throw. `record` is that of the node
    /// whose work it is.
    void post(std::function<void()> work, std::uint32_t record = 0);

private:
    struct job
    {
        std::function<void()> work;
        std::uint32_t record;
    };

    void drain();

    const std::size_t most_threads_;
    supervise::inflight* const told_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<job> queue_;
    std::vector<std::thread> threads_;
    std::size_t idle_ = 0;
    bool stopping_ = false;
};

} // namespace penstock::host
