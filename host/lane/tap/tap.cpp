// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/tap/tap.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace penstock::host
{

tap::tap(settings with, std::function<bool(const packet_preview&)> show)
    : with_{std::max<std::size_t>(with.rate, 1), with.max_bytes, std::move(with.budget)},
      show_(std::move(show))
{
}

void tap::see(shown_packets& passing) noexcept
{
    const clock::time_point now = clock::now();
    std::size_t shown = 0;
    try
    {
        while (shown < passing.size() && now >= next_.load(std::memory_order_relaxed) &&
               is_left(now) && may_show(now))
        {
            const packet_preview& made = passing.preview(shown, with_.max_bytes);
            if (with_.budget != nullptr)
                with_.budget->spend(made.json.size(), now);
            const std::lock_guard lock(mutex_);
            if (!show_ || !show_(made))
                break;
            ++shown;
        }
    }
    catch (const std::exception&)
    {
        // No memory, or a number that no JSON has: this packet is one that was not shown.
    }
    dropped_.fetch_add(passing.size() - shown, std::memory_order_relaxed);
}

bool tap::is_left(clock::time_point now) const noexcept
{
    return with_.budget == nullptr || with_.budget->is_left(now);
}

// Takes one of the second's places, if one is free.
bool tap::may_show(clock::time_point now)
{
    const std::lock_guard lock(mutex_);
    if (shown_.size() < with_.rate)
    {
        shown_.push_back(now);
        return true;
    }
    const clock::time_point free = shown_[oldest_] + std::chrono::seconds(1);
    if (now < free)
    {
        next_.store(free, std::memory_order_relaxed);
        return false;
    }
    shown_[oldest_] = now;
    oldest_ = (oldest_ + 1) % with_.rate;
    return true;
}

void tap::close() noexcept
{
    closed_ = true;
    const std::lock_guard lock(mutex_);
    show_ = nullptr;
}

} // namespace penstock::host
