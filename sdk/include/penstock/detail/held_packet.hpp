// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>
#include <penstock/packet.hpp>

#include <cstdint>

namespace penstock::detail
{

/// The account of one packet that a component received: whether the component still has it in hand,
/// or a descendant of it that was made in the node. [one lane]
class PENSTOCK_EXPORT held_packet
{
public:
    /// Watches a packet that is about to be received, numbered by packet_access::enter(); no other.
    void watch(const packet& received) noexcept;

    /// Called for a packet that was sent, ended or let go.
    void let_go(const packet& gone) noexcept;

    /// Watches none.
    void forget() noexcept { number_ = 0; }

    [[nodiscard]] bool is_held() const noexcept { return number_ != 0; }

private:
    std::uint32_t number_ = 0; // of the packet; 0: none is watched, or it is held no more
    bool is_gone_ = false;     // itself
    std::int64_t children_ =
        0; // left by it and by those that are gone, but for those that are gone
};

} // namespace penstock::detail
