// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/gathering.hpp"

#include <algorithm>
#include <optional>

namespace penstock::host
{

namespace
{

// Of fewer clients each would wait about as long for the others as it gains.
constexpr std::size_t least_entries = 5;

} // namespace

void gathering::committed(std::size_t entries, std::size_t meanwhile, duration took) noexcept
{
    usual_ = usual_ == duration(0) ? took : (3 * usual_ + took) / 4;
    const std::size_t clients = entries + meanwhile;
    expected_ = clients < least_entries || longest() <= duration(0) ? 0 : clients;
}

// Until all that are expected have come, until none comes for a while, or for as long as it is
// worth.
void gathering::wait(std::unique_lock<std::mutex>& lock, std::condition_variable& changed,
                     operation_queue& queue, operation_queue::group_limits most,
                     const bool& stops) const
{
    if (expected_ == 0)
        return;
    using clock = operation_queue::clock;
    most.entries = std::min(most.entries, expected_);
    const auto is_ready = [&] { return stops || queue.has_group(most); };
    const clock::time_point until = clock::now() + longest();
    queue.wake_at(most);
    for (std::size_t before = 0; queue.awaited() != before && !is_ready();)
    {
        before = queue.awaited();
        changed.wait_until(lock, std::min(until, clock::now() + pause()), is_ready);
        if (clock::now() >= until)
            break;
    }
    queue.wake_at(std::nullopt);
}

gathering::duration gathering::longest() const noexcept
{
    return std::min(longest_, usual_ * 3 / 4);
}

gathering::duration gathering::pause() const noexcept
{
    return std::min(longest_, usual_ / 2);
}

} // namespace penstock::host
