// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace penstock::host::http
{

/// Calls functions at their time, on a thread of its own. [any thread]
class deadline_queue
{
    class state;

public:
    using clock = std::chrono::steady_clock;

    /// Names one function that waits; harmless once the queue has gone.
    class deadline
    {
    public:
        deadline() = default;

        /// Lets go of the function unless it is being called or was.
        void cancel() const;

    private:
        friend class deadline_queue;
        deadline(std::weak_ptr<state> queue, clock::time_point when, std::uint64_t number)
            : queue_(std::move(queue)), when_(when), number_(number)
        {
        }

        std::weak_ptr<state> queue_;
        clock::time_point when_;
        std::uint64_t number_ = 0;
    };

    deadline_queue();

    /// Joins the thread; functions whose time has not come are let go uncalled.
    ~deadline_queue();
    deadline_queue(const deadline_queue&) = delete;
    deadline_queue& operator=(const deadline_queue&) = delete;

    /// The action must not block, throw, or destroy the queue.
    [[nodiscard]] deadline at(clock::time_point when, std::function<void()> action);

private:
    class state
    {
    public:
        using key = std::pair<clock::time_point, std::uint64_t>;

        std::mutex mutex;
        std::condition_variable changed;
        std::map<key, std::function<void()>> waiting;
        std::uint64_t added = 0;
        bool stopping = false;
    };

    void run();

    std::shared_ptr<state> state_ = std::make_shared<state>();
    std::thread thread_;
};

} // namespace penstock::host::http
