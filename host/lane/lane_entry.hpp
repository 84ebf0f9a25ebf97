// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host
{

/// One packet that an entry lets into its graph.
struct entry_packet
{
    packet content;    ///< bare; the lane gives each adapter a share of it
    std::string media; ///< `type/subtype`, lower case; empty for a trigger
};

/// What a lane processes: packets, and where they enter the graph. The owner that gives it to the
/// lane gets it back when every packet made from it has ended.
struct lane_entry
{
    lane_entry() = default;
    lane_entry(const lane_entry&) = delete;
    lane_entry& operator=(const lane_entry&) = delete;
    virtual ~lane_entry() = default;

    packet_id id; ///< names the receipt
    std::vector<entry_packet> packets;
    std::string source; ///< the node whose packet this is; empty for a request
    std::size_t source_port = 0;
    std::string node;     ///< the node at whose input the packets enter; empty: at adapters
    std::size_t port = 0; ///< that input, as an index
    std::string key;      ///< entries of one key are processed in order; empty: any lane
};

} // namespace penstock::host
