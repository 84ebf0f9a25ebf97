// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/blocking_pool.hpp"

#include "host/base/crash_stack.hpp"

#include <memory>
#include <utility>

#include <pthread.h>

namespace penstock::host
{

blocking_pool::blocking_pool(std::size_t most_threads, supervise::inflight* threads)
    : most_threads_(most_threads), told_(threads)
{
}

blocking_pool::~blocking_pool()
{
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    for (std::thread& each : threads_)
        each.join();
}

void blocking_pool::post(std::function<void()> work, std::uint32_t record)
{
    std::lock_guard lock(mutex_);
    queue_.push_back({std::move(work), record});
    if (queue_.size() > idle_ && threads_.size() < most_threads_)
    {
        threads_.emplace_back([this] { drain(); });
        ::pthread_setname_np(threads_.back().native_handle(), "blocking");
    }
    changed_.notify_one();
}

void blocking_pool::drain()
{
    const crash_stack stack_of_handler;
    const std::unique_ptr<supervise::worker_slot> worker_slot =
        told_ == nullptr ? std::make_unique<supervise::worker_slot>(0) : told_->make_blocking();
    worker_slot->enter();
    std::unique_lock lock(mutex_);
    for (;;)
    {
        ++idle_;
        changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        --idle_;
        if (queue_.empty())
            return;
        job next = std::move(queue_.front());
        queue_.pop_front();
        lock.unlock();
        worker_slot->run_foreign(next.record);
        next.work();
        next.work = nullptr;
        worker_slot->rest();
        lock.lock();
    }
}

} // namespace penstock::host
