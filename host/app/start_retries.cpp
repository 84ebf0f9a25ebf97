// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/start_retries.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

start_retries::start_retries(attempt_function attempt, std::chrono::milliseconds shortest,
                             std::chrono::milliseconds longest)
    : attempt_(std::move(attempt)), shortest_(shortest), longest_(longest)
{
}

start_retries::~start_retries()
{
    stop();
    if (thread_.joinable())
        thread_.join();
}

void start_retries::add(const std::string& name)
{
    const std::lock_guard lock(mutex_);
    retries_[name] = {clock::now() + shortest_, shortest_};
    if (!thread_.joinable() && !stops_)
        thread_ = std::thread([this] { run(); });
    changed_.notify_all();
}

void start_retries::drop(const std::string& name)
{
    const std::lock_guard lock(mutex_);
    retries_.erase(name);
}

void start_retries::stop()
{
    const std::lock_guard lock(mutex_);
    stops_ = true;
    changed_.notify_all();
}

bool start_retries::wait_until(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(mutex_);
    return changed_.wait_until(lock, deadline, [this] { return !is_at_it_; });
}

void start_retries::run()
{
    std::unique_lock lock(mutex_);
    while (!stops_)
    {
        const auto next = std::ranges::min_element(
            retries_, {}, [](const auto& each) { return each.second.due; });
        if (next == retries_.end())
            changed_.wait(lock);
        else if (next->second.due > clock::now())
            changed_.wait_until(lock, next->second.due);
        else
            attempt(lock, next->first);
    }
}

void start_retries::attempt(std::unique_lock<std::mutex>& lock, std::string name)
{
    is_at_it_ = true;
    lock.unlock();
    const bool is_over = attempt_(name);
    lock.lock();
    is_at_it_ = false;
    changed_.notify_all();
    const auto found = retries_.find(name);
    if (found == retries_.end())
        return;
    if (is_over)
    {
        retries_.erase(found);
        return;
    }
    retry& again = found->second;
    again.pause = std::min(again.pause * 2, longest_);
    again.due = clock::now() + again.pause;
}

} // namespace penstock::host
