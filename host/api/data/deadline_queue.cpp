// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/deadline_queue.hpp"

namespace penstock::host::http
{

void deadline_queue::deadline::cancel() const
{
    const std::shared_ptr<state> queue = queue_.lock();
    if (queue == nullptr)
        return;
    std::function<void()> action; // destroyed outside the lock
    std::lock_guard lock(queue->mutex);
    const auto found = queue->waiting.find({when_, number_});
    if (found == queue->waiting.end())
        return;
    action.swap(found->second);
    queue->waiting.erase(found);
}

deadline_queue::deadline_queue() : thread_([this] { run(); }) {}

deadline_queue::~deadline_queue()
{
    {
        std::lock_guard lock(state_->mutex);
        state_->stopping = true;
    }
    state_->changed.notify_one();
    thread_.join();
}

deadline_queue::deadline deadline_queue::at(clock::time_point when, std::function<void()> action)
{
    std::lock_guard lock(state_->mutex);
    const std::uint64_t number = ++state_->added;
    const auto added = state_->waiting.emplace(state::key{when, number}, std::move(action)).first;
    if (added == state_->waiting.begin())
        state_->changed.notify_one();
    return {state_, when, number};
}

void deadline_queue::run()
{
    state& queue = *state_;
    std::unique_lock lock(queue.mutex);
    while (!queue.stopping)
    {
        if (queue.waiting.empty())
        {
            queue.changed.wait(lock);
            continue;
        }
        const auto first = queue.waiting.begin();
        if (const clock::time_point when = first->first.first; when > clock::now())
        {
            queue.changed.wait_until(lock, when);
            continue;
        }
        std::function<void()> action = std::move(first->second);
        queue.waiting.erase(first);
        lock.unlock();
        action();
        action = nullptr;
        lock.lock();
    }
}

} // namespace penstock::host::http
