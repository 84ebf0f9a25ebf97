// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstdint>
#include <string>

namespace penstock::host
{

/// A packet that is not given to a node any more, because the host has died of that too often; or a
/// whole entry that is not let in, by its id.
struct quarantined_packet
{
    packet_id packet;
    std::string node;           ///< empty: an entry
    std::string reason;         ///< of its dead letter
    std::uint32_t attempts = 0; ///< how often it was tried
};

} // namespace penstock::host
