// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>

namespace penstock::faults
{

/// Random numbers that cost nothing to begin with: splitmix64. One seed, one series, everywhere.
class dice
{
public:
    using result_type = std::uint64_t;

    explicit dice(std::uint64_t seed) noexcept : state_(seed) {}

    static constexpr std::uint64_t min() noexcept { return 0; }
    static constexpr std::uint64_t max() noexcept
    {
        return std::numeric_limits<std::uint64_t>::max();
    }

    std::uint64_t operator()() noexcept
    {
        std::uint64_t next = state_ += 0x9e3779b97f4a7c15;
        next = (next ^ (next >> 30)) * 0xbf58476d1ce4e5b9;
        next = (next ^ (next >> 27)) * 0x94d049bb133111eb;
        return next ^ (next >> 31);
    }

private:
    std::uint64_t state_;
};

} // namespace penstock::faults
