// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <atomic>
#include <cstdint>

namespace penstock::detail
{

/// Tells what a component has in hand, so that a crash can be blamed on a packet. Ports write it;
/// it may lie in memory that outlives the process. [the component's lane]
struct hand
{
    packet_id last; ///< the packet received last

    /// What is held, as the sum of weights: that of each packet received and not let go.
    std::uint64_t held = 0;

    /// Counts the packets received, over all inputs. [any thread may read]
    std::atomic<std::uint32_t> turn{0};

    /// Of a packet by the turn of its receive; 0 for a packet that was not received.
    static std::uint64_t weight(std::uint32_t turn) noexcept
    {
        return (static_cast<std::uint64_t>(turn != 0) << 32U) + turn;
    }

    /// Receives a packet; returns its turn.
    std::uint32_t take(packet_id id) noexcept
    {
        const std::uint32_t now = turn.load(std::memory_order_relaxed) + 1;
        turn.store(now, std::memory_order_relaxed);
        last = id;
        held += weight(now);
        return now;
    }

    /// Tells whether exactly one packet is held, the one received last.
    [[nodiscard]] bool holds_last_alone() const noexcept
    {
        const std::uint32_t now = turn.load(std::memory_order_relaxed);
        return now != 0 && held == weight(now);
    }
};

} // namespace penstock::detail
