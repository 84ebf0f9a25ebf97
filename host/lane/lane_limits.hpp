// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>

namespace penstock::host
{

/// What a lane may take, and after how long it reports a wait.
struct lane_limits
{
    std::chrono::milliseconds resource{5'000};    ///< of a node, for what it needs for itself alone
    std::chrono::milliseconds standstill{10'000}; ///< of a lane that has work and moves no packet

    /// Bytes of the packets on the lane's edges from which on no edge is doubled any more.
    std::uint64_t edge_memory = std::uint64_t{1} << 30;

    /// Bytes of the reason why a packet failed; what is longer is cut.
    std::size_t reason = std::size_t{8} << 10;
};

} // namespace penstock::host
