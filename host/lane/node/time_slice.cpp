// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/time_slice.hpp"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_packets = 128; // of 64 each, a hop took 11 instructions more
constexpr auto most_time = std::chrono::microseconds(500);
constexpr auto short_time = std::chrono::microseconds(10);
constexpr std::size_t most_unmeasured = 15 * most_packets;

} // namespace

void time_slice::begin(std::size_t left)
{
    left_ = left;
    is_measured_ = unmeasured_ == 0;
    if (is_measured_)
        began_ = clock::now();
}

void time_slice::end()
{
    const std::size_t taken = std::exchange(taken_, 0);
    unmeasured_ -= std::min(unmeasured_, taken);
    if (!std::exchange(is_measured_, false) || taken == 0)
        return;
    const auto spent = clock::now() - began_;
    const auto per_packet = spent / static_cast<std::int64_t>(taken);
    const auto fits =
        per_packet.count() <= 0 ? static_cast<std::int64_t>(most_packets) : most_time / per_packet;
    limit_ = static_cast<std::size_t>(
        std::clamp<std::int64_t>(fits, 1, static_cast<std::int64_t>(most_packets)));
    unmeasured_ = spent < short_time && limit_ == most_packets ? most_unmeasured : 0;
}

} // namespace penstock::host
