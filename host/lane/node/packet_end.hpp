// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_inputs.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/packet.hpp>

namespace penstock::host
{

/// Ends a packet of a node: counts the end at the node and against the packet's receipts. [one
/// lane]
void end_packet(packet&& packet, detail::end how, node_counters& counters,
                node_inputs& received_by) noexcept;

/// Releases a packet of a cancelled lane without an end: its request stays pending. [one lane]
void abandon_packet(packet&& packet) noexcept;

} // namespace penstock::host
