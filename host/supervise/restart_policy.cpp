// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/restart_policy.hpp"

#include <algorithm>
#include <array>

namespace penstock::host::supervise
{

namespace
{

using std::chrono::milliseconds;

constexpr auto window = std::chrono::seconds(60);
constexpr std::size_t most_crashes = 10;
constexpr std::array<milliseconds, 5> back_off{
    milliseconds(0), milliseconds(100), milliseconds(500), milliseconds(1000), milliseconds(5000)};

} // namespace

restart restart_policy::ended(clock::time_point started, clock::time_point now, worker_end how)
{
    while (!ends_.empty() && now - ends_.front().when > window)
        ends_.pop_front();
    ends_.push_back({now, how});
    const auto count = [this](worker_end not_counted)
    {
        return static_cast<std::size_t>(std::ranges::count_if(
            ends_, [not_counted](const past_end& each) { return each.how != not_counted; }));
    };
    restart next{.after = milliseconds(0), .intake_only = count(worker_end::asked) > most_crashes};
    if (how == worker_end::packet)
        return next;
    const milliseconds wanted = back_off[std::min(count(worker_end::packet), back_off.size()) - 1];
    const auto lived = std::chrono::floor<milliseconds>(now - started);
    next.after = std::max(milliseconds(0), wanted - lived);
    return next;
}

} // namespace penstock::host::supervise
