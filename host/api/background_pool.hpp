// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <string_view>

namespace boost::asio
{
class thread_pool;
} // namespace boost::asio

namespace penstock::host::api
{

/// A few threads for work that blocks, so that the server's threads need not wait for it. [any
/// thread]
class background_pool
{
public:
    /// At most `most` jobs wait. With one thread, jobs are done one after the other.
    explicit background_pool(std::size_t threads = 1, std::size_t most = 64,
                             std::function<void(std::string_view)> report = {});

    /// Ends as end() does, without a deadline, and joins the threads.
    ~background_pool();
    background_pool(const background_pool&) = delete;
    background_pool& operator=(const background_pool&) = delete;

    /// Takes a job, unless too many wait; tells which. The job must not throw.
    [[nodiscard]] bool take(std::function<void()> job);

    /// Lets go of the jobs that wait, and waits for those in hand; returns whether they have ended.
    /// If not, the pool cannot be destroyed before they do, which a component may prevent for ever.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);

    /// Calls the constructor's `report` with the text of an exception that left a request.
    void report(std::string_view text) const;

private:
    void run(const std::function<void()>& job);

    const std::size_t most_;
    const std::function<void(std::string_view)> report_;
    std::atomic<std::size_t> waiting_ = 0;
    std::mutex mutex_;
    std::condition_variable idle_;
    std::size_t in_hand_ = 0; // jobs
    bool has_ended_ = false;
    std::unique_ptr<boost::asio::thread_pool> threads_;
};

} // namespace penstock::host::api
