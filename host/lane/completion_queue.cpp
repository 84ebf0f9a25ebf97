// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/completion_queue.hpp"

namespace penstock::host
{

void completion_queue::ended(std::uint64_t number, bool any_dead)
{
    std::unique_lock lock(mutex_);
    news_.ended.push_back(number);
    news_.any_dead = news_.any_dead || any_dead;
    tell(std::move(lock));
}

void completion_queue::abandoned()
{
    std::unique_lock lock(mutex_);
    news_.abandoned = true;
    tell(std::move(lock));
}

void completion_queue::has_room()
{
    std::unique_lock lock(mutex_);
    news_.has_room = true;
    tell(std::move(lock));
}

source_news completion_queue::take()
{
    std::lock_guard lock(mutex_);
    source_news taken = std::exchange(news_, {});
    news_.abandoned = taken.abandoned; // for good
    awaited_ = taken.is_empty();
    return taken;
}

void completion_queue::tell(std::unique_lock<std::mutex> lock)
{
    const bool was_awaited = std::exchange(awaited_, false);
    lock.unlock();
    if (was_awaited)
        wake_();
}

} // namespace penstock::host
