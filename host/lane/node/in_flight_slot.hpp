// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/supervise/shared_memory.hpp"

#include <penstock/detail/held_packet.hpp>
#include <penstock/packet.hpp>

#include <cstdint>

namespace penstock::host
{

/// Keeps account of what a component has in hand: of one packet that is watched, and in careful
/// mode of all. If that is the packet received last and no other, the packet is noted where it is
/// found after a crash. [the lane's thread]
class in_flight_slot
{
public:
    /// `told` outlives the hand.
    in_flight_slot(supervise::node_record& told, bool is_careful)
        : told_(told), is_careful_(is_careful), keeps_account_(is_careful)
    {
    }

    /// Returns whether the node is in careful mode: it gets one packet at a time.
    [[nodiscard]] bool is_careful() const noexcept { return is_careful_; }

    /// Ends careful mode; the packet that is watched stays so.
    void relax() noexcept;

    /// Returns whether it is to hear of each packet that is sent.
    [[nodiscard]] bool keeps_account() const noexcept { return keeps_account_; }

    /// Watches a packet that is about to be received, and no other.
    void watch(const packet& received) noexcept;

    /// Returns whether the packet watched is in hand still, or a child of it.
    [[nodiscard]] bool has_watched() const noexcept { return watched_.is_held(); }

    /// Adds a packet that is about to be received, numbered by packet_access::receive().
    void receive(const packet& received) noexcept;

    /// Takes a packet out that was sent, ended or let go. One that was made in the node does not
    /// count.
    void let_go(const packet& gone) noexcept
    {
        if (keeps_account_)
            take_out(gone);
    }

    /// Forgets everything: what an earlier instance kept somewhere does not count.
    void clear() noexcept;

private:
    void take_out(const packet& gone) noexcept;
    void forget_hand() noexcept;
    void note() noexcept;

    supervise::node_record& told_;
    bool is_careful_;
    bool keeps_account_;
    detail::held_packet watched_;
    packet_id last_;
    std::uint32_t last_number_ = 0;
    std::uint64_t held_ = 0; // the sum of the weights of what is in hand
};

} // namespace penstock::host
