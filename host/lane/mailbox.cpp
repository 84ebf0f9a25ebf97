// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/mailbox.hpp"

#include "host/lane/wake_batch.hpp"

#include <utility>

namespace penstock::host
{

bool mailbox::post(std::unique_ptr<lane_entry>& entry)
{
    std::lock_guard lock(mutex_);
    if (closed_)
        return false;
    entries_.push_back(std::move(entry));
    if (notify_ && !std::exchange(notified_, true) && !wake_batch::takes(shared_from_this()))
        notify_();
    return true;
}

void mailbox::post(std::function<void()> call)
{
    std::lock_guard lock(mutex_);
    if (closed_)
        return;
    calls_.push_back(std::move(call));
    if (notify_ && !std::exchange(notified_, true))
        notify_();
}

void mailbox::wake()
{
    std::lock_guard lock(mutex_);
    if (notify_)
        notify_();
}

void mailbox::open(std::function<void()> notify)
{
    std::lock_guard lock(mutex_);
    notify_ = std::move(notify);
    if (!entries_.empty() || !calls_.empty())
        notify_();
}

std::vector<std::unique_ptr<lane_entry>> mailbox::close()
{
    std::lock_guard lock(mutex_);
    closed_ = true;
    notify_ = nullptr;
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
