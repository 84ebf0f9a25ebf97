// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace penstock::host
{

class receipt;

/// One packet that an entry lets into its graph.
struct entry_packet
{
    packet content;    ///< bare; the lane gives each adapter a share of it
    std::string media; ///< `type/subtype`, lower case; empty for a trigger
};

/// One accepted request, or one packet of a source, until every packet made from it is done.
///
/// Moves from the thread that accepted it to its lane, and, if that lane is cancelled, to another.
struct entry
{
    packet_id id; ///< names the receipt
    std::vector<entry_packet> packets;
    std::string source; ///< the node whose packet this is; empty for a request
    std::size_t source_port = 0;
    std::string key;    ///< entries of one key are worked off in order; empty: any lane
    std::size_t bytes = 0;
    std::shared_ptr<host::receipt> receipt;

    /// Called once, on the lane's thread, when the receipt is done. Must not throw or block.
    std::function<void(const host::receipt&)> done;
};

} // namespace penstock::host
