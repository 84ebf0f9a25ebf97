// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace penstock::host::api
{

/// A listener that is called at every interval.
class live_listener
{
public:
    virtual ~live_listener() = default;

    /// Called at each interval. Must neither block nor throw. [the feed's thread]
    virtual void tell(std::chrono::steady_clock::time_point now) noexcept = 0;
};

/// The timer of all live listeners: each is called at once, and then at every interval, on a thread
/// that sleeps while there are none. [any thread]
class live_feed
{
public:
    explicit live_feed(std::chrono::milliseconds interval);

    /// Joins the thread.
    ~live_feed();
    live_feed(const live_feed&) = delete;
    live_feed& operator=(const live_feed&) = delete;

    void add(std::shared_ptr<live_listener> listener);

    /// It may be told once more, if that is being done now.
    void remove(const live_listener* listener) noexcept;

private:
    using clock = std::chrono::steady_clock;

    struct told
    {
        std::shared_ptr<live_listener> listener;
        clock::time_point due;
    };

    void run();

    const std::chrono::milliseconds interval_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<told> listeners_;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace penstock::host::api
