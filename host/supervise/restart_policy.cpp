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

restart restart_policy::crashed(clock::time_point started, clock::time_point now,
                                bool packet_was_blamed)
{
    while (!crashes_.empty() && now - crashes_.front().when > window)
        crashes_.pop_front();
    crashes_.push_back({now, packet_was_blamed});
    restart next{.after = milliseconds(0), .intake_only = crashes_.size() > most_crashes};
    if (packet_was_blamed)
        return next;
    const auto unexplained = static_cast<std::size_t>(
        std::ranges::count_if(crashes_, [](const crash& each) { return !each.blamed; }));
    const milliseconds wanted = back_off[std::min(unexplained, back_off.size()) - 1];
    const auto lived = std::chrono::floor<milliseconds>(now - started);
    next.after = std::max(milliseconds(0), wanted - lived);
    return next;
}

} // namespace penstock::host::supervise
