// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/restart_pauses.hpp"

#include <chrono>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_failures = 5;
constexpr auto failure_window = std::chrono::seconds(60);
constexpr auto first_pause = std::chrono::milliseconds(100);

} // namespace

std::optional<restart_pauses::clock::time_point> restart_pauses::failed(clock::time_point now)
{
    while (!failures_.empty() && now - failures_.front() > failure_window)
        failures_.pop_front();
    failures_.push_back(now);
    if (failures_.size() >= most_failures)
        return std::nullopt;
    return now + first_pause * (1 << (failures_.size() - 1));
}

} // namespace penstock::host
