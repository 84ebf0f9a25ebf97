// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/push/parcel.hpp"
#include "host/net/client.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// What became of the packets made from parcels, as far as the host told.
struct ends
{
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0;
    std::uint64_t dead = 0;
};

/// What became of one parcel.
struct outcome
{
    enum class kind
    {
        accepted,
        pending, ///< accepted, and not processed when we stopped asking
        refused,
        lost ///< no host answered
    };

    kind is = kind::lost;
    unsigned status = 0;
    std::string detail{}; ///< why it was refused or lost
    host::cli::ends ends{};
    std::vector<std::string> reasons{}; ///< why the first few packets became dead letters
    std::uint64_t retries = 0;
};

/// Where to send to, and how patiently.
struct delivery
{
    http::url host; ///< its prefix is not used
    http::client_identity who{};
    std::string target; ///< `/data/route?ack=memory`
    bool processed = false;
    std::string key; ///< of this push; a request that is sent again enters once
    std::chrono::milliseconds patience = std::chrono::minutes(2);
};

/// Sends parcels to a host over one connection, again and again as long as it makes sense: after
/// 429 and 503 as told, after a lost connection at growing intervals. [one thread]
class sender
{
public:
    /// `stopping` ends all waiting. `waits` is called with the reason why nothing goes on, and with
    /// an empty text when it does again.
    sender(delivery to, std::stop_token stopping, std::function<void(const std::string&)> waits);

    [[nodiscard]] outcome send(const parcel& what);

private:
    using clock = std::chrono::steady_clock;

    static void take_ends(const json::object& told, outcome& to);
    [[nodiscard]] outcome judge(const http::response& answer, outcome so_far);
    [[nodiscard]] outcome follow(const std::string& receipt, outcome so_far);
    [[nodiscard]] std::optional<std::chrono::milliseconds>
    retry_after(const http::response& answer) const;
    [[nodiscard]] bool pause(std::chrono::milliseconds time, clock::time_point deadline,
                             const std::string& why);
    [[nodiscard]] bool pause_until(clock::time_point end, const std::string& why);

    const delivery to_;
    const std::stop_token stopping_;
    const std::function<void(const std::string&)> waits_;
    http::client client_;
    bool was_answered_ = false;
};

} // namespace penstock::host::cli
