// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/background_pool.hpp"

#include <utility>

namespace penstock::host::api
{

background_pool::background_pool(pool_options options) : options_(std::move(options))
{
    for (std::size_t i = 0; i < options_.threads; ++i)
        workers_.emplace_back([this] { work(); });
    watcher_ = std::thread([this] { watch(); });
}

background_pool::~background_pool()
{
    static_cast<void>(end(clock::now()));
    for (std::thread& each : workers_)
        each.join();
    watcher_.join();
}

bool background_pool::take(std::function<void()> job, std::function<void()> late)
{
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= options_.most + free_workers())
        return false;
    waiting_.push_back({std::move(job), std::move(late), clock::now() + options_.patience});
    came_.notify_one();
    if (waiting_.size() > free_workers())
        waits_.notify_one();
    return true;
}

// Under the lock.
std::size_t background_pool::free_workers() const noexcept
{
    return options_.threads - in_hand_;
}

void background_pool::work()
{
    std::unique_lock lock(mutex_);
    for (;;)
    {
        came_.wait(lock, [this] { return has_ended_ || !waiting_.empty(); });
        if (has_ended_)
            return;
        ++in_hand_;
        {
            const waiting_job next = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            next.job();
        }
        lock.lock();
        --in_hand_;
        idle_.notify_all();
    }
}

// What a free worker is about to take does not wait.
void background_pool::watch()
{
    std::unique_lock lock(mutex_);
    while (!has_ended_)
    {
        if (waiting_.size() <= free_workers())
        {
            waits_.wait(lock);
            continue;
        }
        if (const auto due = waiting_.front().due; due > clock::now())
        {
            waits_.wait_until(lock, due);
            continue;
        }
        {
            const waiting_job first = std::move(waiting_.front());
            waiting_.pop_front();
            lock.unlock();
            if (first.late)
                first.late();
        }
        lock.lock();
    }
}

bool background_pool::end(std::chrono::steady_clock::time_point deadline)
{
    std::deque<waiting_job> let_go; // after the lock
    std::unique_lock lock(mutex_);
    has_ended_ = true;
    let_go.swap(waiting_);
    came_.notify_all();
    waits_.notify_all();
    return idle_.wait_until(lock, deadline, [this] { return in_hand_ == 0; });
}

void background_pool::report(std::string_view text) const
{
    if (options_.report)
        options_.report(text);
}

} // namespace penstock::host::api
