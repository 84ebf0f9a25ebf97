// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/limits.hpp"

#include <chrono>
#include <cstddef>

namespace penstock::host::api
{

/// Bounds of what routes take and show, beside those of the protocol. The defaults are safe for a
/// host that everybody can reach.
struct api_limits : http::limits
{
    std::size_t json_depth = 64;
    std::size_t json_members = 65'536; ///< of an object

    /// The meta of all packets of a request, as JSON: each part of a body has that of its request.
    std::size_t meta = 4 * mib;

    /// What one client may see of graphs that run, over `/api/live`.
    std::size_t taps = 64;
    std::size_t tap_rate = 1000; ///< packets a second
    std::size_t tap_bytes = 64 * kib;

    /// What all clients together may, so that who looks on cannot slow a graph down.
    std::size_t taps_on_edge = 16;
    std::size_t taps_in_all = 256;
    std::size_t tap_bytes_rate =
        16 * mib; ///< bytes a second; each packet counts for 1 KiB at least

    std::chrono::milliseconds live_interval = std::chrono::milliseconds{500};

    std::size_t graph = mib; ///< bytes of a graph file that is sent

    /// What the editor keeps of a graph that is worked on, and of what it was.
    std::size_t draft = mib;
    std::size_t revisions = 100;
};

} // namespace penstock::host::api
