// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/relief/progress_watch.hpp"

#include <utility>

namespace penstock::host
{

namespace
{

constexpr int looks_a_limit = 4;

} // namespace

progress_watch::progress_watch(std::chrono::milliseconds limit,
                               std::function<std::uint64_t()> moved,
                               std::function<std::string()> waits,
                               std::function<void(const std::string&)> tell)
    : limit_(limit), moved_(std::move(moved)), waits_(std::move(waits)), tell_(std::move(tell))
{
}

progress_watch::clock::time_point progress_watch::look(clock::time_point now, bool has_work)
{
    const bool had_work = std::exchange(had_work_, has_work);
    if (has_work && had_work && now < next_look_)
        return next_look_;
    next_look_ = now + limit_ / looks_a_limit;
    const std::uint64_t moved = has_work ? moved_() : last_moved_;
    if (!has_work || !had_work || moved != last_moved_)
    {
        last_progress_ = now;
        last_moved_ = moved;
        if (std::exchange(stands_still_, false))
            note_.clear();
    }
    else if (!stands_still_ && now - last_progress_ >= limit_)
    {
        const std::string text = waits_();
        stands_still_ = !text.empty();
        if (stands_still_)
        {
            note_.set(text, now - last_progress_);
            tell_(text);
        }
    }
    return has_work ? next_look_ : clock::time_point::max();
}

} // namespace penstock::host
