// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/supervise/page.hpp"

#include <penstock/packet.hpp>

#include <cstdint>

namespace penstock::host
{

/// Keeps account of what a component has in hand, in careful mode. If that is the packet received last
/// and no other, the packet is noted where it is found after a crash. [the lane's thread]
class hand
{
public:
    /// `told` outlives the hand.
    explicit hand(supervise::node_record& told) : told_(told) {}

    /// Adds a packet that is about to be received, numbered by packet_access::receive().
    void receive(const packet& received) noexcept;

    /// Takes a packet out that was sent, ended or let go. One that was made in the node does not count.
    void let_go(const packet& gone) noexcept;

    /// Forgets everything: what an earlier instance kept somewhere does not count.
    void clear() noexcept;

private:
    void note() noexcept;

    supervise::node_record& told_;
    packet_id last_;
    std::uint32_t last_number_ = 0;
    std::uint64_t held_ = 0; // the sum of the weights of what is in hand
};

} // namespace penstock::host
