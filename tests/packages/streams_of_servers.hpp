// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <string>
#include <vector>

/// What all exercises of a program write to, and read from, servers of Redis, MQTT and NATS.
namespace streams_of_servers
{

/// A publisher and a source of one package, and what is behind them.
struct both_ends
{
    std::string publisher;
    std::string publisher_params; ///< JSON
    std::function<void()> empty;  ///< what it writes to
    std::function<std::vector<std::string>()> written;
    std::string source;
    std::string source_params;
    std::function<void()> fill; ///< with 500 messages, which nobody has read
};

/// One for each package. The servers start when they are needed.
[[nodiscard]] std::vector<both_ends> all();

} // namespace streams_of_servers
