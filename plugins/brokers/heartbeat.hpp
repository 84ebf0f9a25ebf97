// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

namespace brokers
{

/// A thread that gives a sign of life again and again, until it is destroyed.
class heartbeat
{
public:
    /// Begins. `beat` is called on the thread, after each pause; after an exception too.
    heartbeat(std::chrono::milliseconds pause, std::function<void()> beat)
        : thread_([this, pause, beat = std::move(beat)] { work(pause, beat); })
    {
    }

    /// Blocks until a sign that is being given is given.
    ~heartbeat()
    {
        {
            const std::lock_guard lock(mutex_);
            ends_ = true;
        }
        news_.notify_all();
        thread_.join();
    }

    heartbeat(const heartbeat&) = delete;
    heartbeat& operator=(const heartbeat&) = delete;

    /// Why the last sign could not be given; empty: it was. [any thread]
    [[nodiscard]] std::string trouble() const
    {
        const std::lock_guard lock(mutex_);
        return trouble_;
    }

private:
    void work(std::chrono::milliseconds pause, const std::function<void()>& beat)
    {
        std::unique_lock lock(mutex_);
        while (!news_.wait_for(lock, pause, [this] { return ends_; }))
        {
            lock.unlock();
            std::string wrong;
            try
            {
                beat();
            }
            catch (const std::exception& error)
            {
                wrong = error.what();
            }
            lock.lock();
            trouble_ = wrong;
        }
    }

    mutable std::mutex mutex_;
    std::condition_variable news_;
    bool ends_ = false;
    std::string trouble_;
    std::thread thread_; // last: it uses the rest
};

} // namespace brokers
