// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/mailbox.hpp"

#include "host/lane/wake_batch.hpp"

#include <utility>

namespace penstock::host
{

bool mailbox::post(std::unique_ptr<lane_entry>& entry)
{
    bool is_told = false;
    {
        std::lock_guard lock(mutex_);
        if (closed_)
            return false;
        entries_.push_back(std::move(entry));
        is_told = std::exchange(notified_, true);
    }
    if (!is_told && !wake_batch::takes(shared_from_this()))
        wake();
    return true;
}

void mailbox::post(std::function<void()> call)
{
    bool is_told = false;
    {
        std::lock_guard lock(mutex_);
        if (closed_)
            return;
        calls_.push_back(std::move(call));
        is_told = std::exchange(notified_, true);
    }
    if (!is_told)
        wake();
}

void mailbox::wake()
{
    std::lock_guard lock(waking_);
    if (notify_)
        notify_();
}

void mailbox::open(std::function<void()> notify)
{
    std::lock_guard lock(waking_);
    notify_ = std::move(notify);
    notify_(); // something may have come before
}

std::vector<std::unique_ptr<lane_entry>> mailbox::close()
{
    {
        std::lock_guard lock(waking_);
        notify_ = nullptr;
    }
    std::lock_guard lock(mutex_);
    closed_ = true;
    calls_.clear();
    return std::exchange(entries_, {});
}

void mailbox::take(std::vector<std::unique_ptr<lane_entry>>& entries,
                   std::vector<std::function<void()>>& calls)
{
    std::lock_guard lock(mutex_);
    notified_ = false;
    entries.swap(entries_);
    calls.swap(calls_);
}

} // namespace penstock::host
