// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host
{

/// A packet as JSON, or as much of it as there was room for.
struct packet_preview
{
    std::string json;       ///< as to_json() writes it; what was cut, values and ends of texts, is
                            ///< not there
    std::size_t size = 0;   ///< bytes of the whole; of what was cut, as far as it was looked at
    bool truncated = false; ///< something was cut
    std::vector<std::string> receipts; ///< of the requests it was made from; the first of many
};

/// Writes a packet in about `most` bytes, and in a time that `most` bounds, whatever its size.
/// [the packet's lane]
[[nodiscard]] packet_preview make_preview(const packet& whole, std::size_t most);

} // namespace penstock::host
