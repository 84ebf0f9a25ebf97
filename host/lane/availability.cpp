// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/availability.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr double least_part_of_pause = 0.8;
constexpr double greatest_part_of_pause = 1.2;

// The pause before the nth probe.
std::chrono::milliseconds pause_before(std::uint32_t probe, const retry_policy& pace)
{
    std::chrono::milliseconds pause = pace.backoff;
    for (std::uint32_t i = 1; i < probe && pause < pace.max_backoff; ++i)
        pause *= 2;
    return std::min(pause, pace.max_backoff);
}

} // namespace

availability::answer availability::ask(const void* who, clock::time_point now,
                                       std::function<void()> wake)
{
    const std::lock_guard lock(mutex_);
    if (!is_away())
        return {permission::go, {}};
    is_asked_for_ = true;
    if (!probing_ && now >= next_)
    {
        probing_ = true;
        return {permission::probe, {}};
    }
    waiting_.insert_or_assign(who, std::move(wake));
    return {permission::wait, probing_ ? clock::time_point::max() : next_};
}

bool availability::lost(const std::string& why, std::chrono::milliseconds retry_after,
                        const retry_policy& pace, bool probed)
{
    wakers waiting;
    bool is_news = false;
    {
        const std::lock_guard lock(mutex_);
        report_.last_error = why;
        is_news = !is_away();
        if (!is_news && !probed)
            return false; // of one who had begun before
        if (is_news)
        {
            report_.since = std::chrono::system_clock::now();
            report_.attempt = 0;
        }
        ++report_.attempt;
        is_asked_for_ = true;
        std::uniform_real_distribution<> part(least_part_of_pause, greatest_part_of_pause);
        const auto pause = std::max<std::chrono::duration<double, std::milli>>(
            pause_before(report_.attempt, pace) * part(random_), retry_after);
        next_ = clock::now() + std::chrono::duration_cast<clock::duration>(pause);
        report_.next_try = std::chrono::system_clock::now() +
                           std::chrono::duration_cast<std::chrono::system_clock::duration>(pause);
        away_.store(true, std::memory_order_relaxed);
        probing_ = false;
        waiting = std::exchange(waiting_, {});
    }
    call(waiting);
    return is_news;
}

void availability::found()
{
    wakers waiting;
    {
        const std::lock_guard lock(mutex_);
        away_.store(false, std::memory_order_relaxed);
        probing_ = false;
        waiting = std::exchange(waiting_, {});
    }
    call(waiting);
}

void availability::give_up()
{
    wakers waiting;
    {
        const std::lock_guard lock(mutex_);
        probing_ = false;
        waiting = std::exchange(waiting_, {});
    }
    call(waiting);
}

void availability::hurry()
{
    wakers waiting;
    {
        const std::lock_guard lock(mutex_);
        next_ = clock::now();
        is_asked_for_ = probing_;
        waiting = std::exchange(waiting_, {});
    }
    call(waiting);
}

std::optional<retry_report> availability::report() const
{
    const std::lock_guard lock(mutex_);
    if (!is_away() || !is_asked_for_)
        return std::nullopt;
    return report_;
}

void availability::call(const wakers& waiting)
{
    for (const auto& [who, wake] : waiting)
        wake();
}

} // namespace penstock::host
