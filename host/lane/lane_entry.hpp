// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/detail/recycled.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host
{

/// One packet that an entry lets into its graph.
struct entry_packet
{
    entry_packet(packet what, std::string_view type) : content(std::move(what)), media(type) {}

    packet content;                ///< bare; the lane gives each adapter a share of it
    detail::recycled_string media; ///< `type/subtype`, lower case; empty for a trigger
};

using entry_packets = std::vector<entry_packet, detail::recycling_allocator<entry_packet>>;

/// What a lane processes: packets, and where they enter the graph. The owner that gives it to the
/// lane gets it back when every packet made from it has ended.
struct lane_entry : detail::recycled
{
    lane_entry() = default;
    lane_entry(const lane_entry&) = delete;
    lane_entry& operator=(const lane_entry&) = delete;
    virtual ~lane_entry() = default;

    packet_id id; ///< names the receipt
    entry_packets packets;
    std::string source; ///< the node whose packet this is; empty for a request
    std::size_t source_port = 0;
    std::string node;     ///< the node at whose input the packets enter; empty: at adapters
    std::size_t port = 0; ///< that input, as an index
    std::string key;      ///< entries of one key are processed in order; empty: any lane
};

} // namespace penstock::host
