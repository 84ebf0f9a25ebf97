// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/live/live_feed.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::api
{

live_feed::live_feed(std::chrono::milliseconds interval)
    : interval_(std::max(interval, std::chrono::milliseconds(1))), thread_([this] { run(); })
{
}

live_feed::~live_feed()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void live_feed::add(std::shared_ptr<live_listener> listener)
{
    {
        std::lock_guard lock(mutex_);
        listeners_.push_back({std::move(listener), clock::time_point::min()});
    }
    changed_.notify_all();
}

void live_feed::remove(const live_listener* listener) noexcept
{
    std::shared_ptr<live_listener> gone; // let go of without the lock
    std::lock_guard lock(mutex_);
    const auto found = std::ranges::find(listeners_, listener,
                                         [](const told& each) { return each.listener.get(); });
    if (found == listeners_.end())
        return;
    gone = std::move(found->listener);
    listeners_.erase(found);
}

void live_feed::run()
{
    std::unique_lock lock(mutex_);
    while (!stopping_)
    {
        const clock::time_point now = clock::now();
        std::vector<std::shared_ptr<live_listener>> due;
        clock::time_point next = clock::time_point::max();
        for (told& each : listeners_)
        {
            if (each.due <= now)
            {
                due.push_back(each.listener);
                each.due = now + interval_;
            }
            next = std::min(next, each.due);
        }
        if (!due.empty())
        {
            lock.unlock();
            for (const auto& each : due)
                each->tell(now);
            due.clear();
            lock.lock();
        }
        else if (listeners_.empty())
            changed_.wait(lock);
        else
            changed_.wait_until(lock, next);
    }
}

} // namespace penstock::host::api
