// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

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

/// Settings of a background pool.
struct pool_options
{
    std::size_t threads = 1; ///< with one, jobs are done in turn
    std::size_t most = 64;   ///< jobs that may wait
    std::chrono::milliseconds patience = std::chrono::seconds(30); ///< how long one may wait
    std::function<void(std::string_view)> report{}; ///< see background_pool::report()
};

/// A few threads for work that blocks, so that the server's threads need not wait for it. A job
/// that waits too long for one of them, for instance because the disk does not answer, is never
/// begun. [any thread]
class background_pool
{
public:
    explicit background_pool(pool_options options = {});

    /// Ends as end() does, without a deadline, and joins the threads.
    ~background_pool();
    background_pool(const background_pool&) = delete;
    background_pool& operator=(const background_pool&) = delete;

    /// Takes a job, unless too many wait; returns whether it did. Calls either `job` or, if it has
    /// waited too long, `late`, or neither if the pool ends before. They must not throw; `late`
    /// must not block.
    [[nodiscard]] bool take(std::function<void()> job, std::function<void()> late = {});

    /// Begins no job any more, and waits for those in hand; returns whether they have ended.
    /// If not, the pool cannot be destroyed before they do, which a component may prevent for ever.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);

    /// Calls the report of the options with the text of an exception that left a request.
    void report(std::string_view text) const;

private:
    struct waiting_job;

    void begin(const std::shared_ptr<waiting_job>& next);
    void watch(const std::shared_ptr<waiting_job>& next, std::chrono::milliseconds patience);

    const pool_options options_;
    std::mutex mutex_; // guards the next three
    std::size_t waiting_ = 0;
    std::size_t in_hand_ = 0;
    bool has_ended_ = false;
    std::condition_variable idle_;
    std::unique_ptr<boost::asio::thread_pool> clock_; // of jobs that wait, while all threads block
    std::unique_ptr<boost::asio::thread_pool> threads_;
};

} // namespace penstock::host::api
