// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock::host
{

/// A packet that could not be processed, with the reason, as a lane tells of it.
struct dead_packet
{
    std::string node;
    std::size_t port = 0;  ///< the input of the node at which the packet came
    std::string component; ///< `package/name@version`; empty: it came to none
    std::string reason;
    std::uint32_t attempts = 1; ///< how often it was tried
    json::object packet;        ///< its JSON form
    std::vector<std::string> receipts;
    std::chrono::system_clock::time_point time;
};

} // namespace penstock::host
