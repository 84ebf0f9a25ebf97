// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace penstock::host::api
{

/// Counts wrong tokens by the network they came from, see network_of(). Guessing 256 bits is
/// hopeless anyhow: this keeps the noise down, and nobody out, for a right token is never counted.
/// [any thread]
class failed_tries
{
public:
    using clock = std::chrono::steady_clock;

    static constexpr std::size_t most = 30; ///< in a window
    static constexpr std::chrono::seconds window{60};
    static constexpr std::size_t most_addresses = 4096; ///< then those forgotten are the oldest

    /// What one too many leads to.
    struct excess
    {
        std::chrono::seconds pause; ///< how long the address is to keep quiet
        bool is_first;              ///< of the window
    };

    /// Notes one try.
    [[nodiscard]] std::optional<excess> note(const std::string& address, clock::time_point now);

private:
    struct count
    {
        clock::time_point since;
        std::size_t tries = 0;
    };

    void make_room(clock::time_point now);

    std::mutex mutex_;
    std::unordered_map<std::string, count> by_address_;
};

} // namespace penstock::host::api
