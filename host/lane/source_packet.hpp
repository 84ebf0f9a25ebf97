// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace penstock::host
{

class completion_queue;

/// A packet that a source lets into its graph.
struct source_packet
{
    const std::string& node;
    std::size_t port;
    packet& content; ///< stays with the source if the graph is full
    const std::shared_ptr<completion_queue>&
        completions; ///< notified when a graph that was full has room

    /// Names its end to `completions`; none: the end is not reported, and the packet has no id yet.
    std::optional<std::uint64_t> number;
};

} // namespace penstock::host
