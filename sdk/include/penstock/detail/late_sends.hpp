// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>
#include <penstock/export.hpp>
#include <penstock/packet.hpp>

namespace penstock
{
class output;
} // namespace penstock

namespace penstock::detail
{

/// Lets go of what a component sends in its destructor, where a send can neither suspend nor throw;
/// the first is logged. [one lane]
class PENSTOCK_EXPORT late_sends
{
public:
    /// Gives an output room for one packet, and lets go of the packet before.
    void make_room(output& port) noexcept;

    /// Lets go of the last packet, when the component is gone.
    void end() noexcept { sent_ = packet_access::none(); }

private:
    packet sent_ = packet_access::none();
    bool is_logged_ = false;
};

} // namespace penstock::detail
