// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace penstock::host
{

/// Tries again, on a thread of its own, what did not start: after a pause that doubles with each
/// attempt, until it succeeds. [any thread]
class start_retries
{
public:
    /// Attempts once; returns whether it need not be attempted again. Must not throw. [its thread]
    using attempt_function = std::function<bool(const std::string& name)>;

    explicit start_retries(attempt_function attempt,
                           std::chrono::milliseconds shortest = std::chrono::seconds(1),
                           std::chrono::milliseconds longest = std::chrono::seconds(60));
    start_retries(const start_retries&) = delete;
    start_retries& operator=(const start_retries&) = delete;
    /// Attempts nothing more. Blocks for one at hand.
    ~start_retries();

    /// Attempts `name` from now on, with the shortest pause first.
    void add(const std::string& name);

    /// Attempts it no more; one at hand goes on.
    void drop(const std::string& name);

    /// Attempts nothing more; one at hand goes on. Returns at once.
    void stop();

    /// Waits for the one at hand; returns whether it has ended by the deadline.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

private:
    using clock = std::chrono::steady_clock;

    struct retry
    {
        clock::time_point due;
        std::chrono::milliseconds pause;
    };

    void run();
    void attempt(std::unique_lock<std::mutex>& lock, std::string name);

    const attempt_function attempt_;
    const std::chrono::milliseconds shortest_;
    const std::chrono::milliseconds longest_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, retry> retries_;
    bool stops_ = false;
    bool is_at_it_ = false;
    std::thread thread_; // once there is something to try
};

} // namespace penstock::host
