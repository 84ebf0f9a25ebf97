// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/peer.hpp"

#include <penstock/packet.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// Which host this is among others, and the others.
struct peer_options
{
    std::uint64_t host_number = 0; ///< 0: there are no others
    std::vector<http::peer_address> others{};
    peer_limits limits{};
};

/// The hosts beside this one, each of which is asked for the receipts of what it accepted.
/// [any thread]
class peers
{
public:
    explicit peers(peer_options options);

    [[nodiscard]] std::uint64_t host_number() const noexcept { return host_number_; }

    /// Returns whether another host than this one accepted the request with this receipt.
    [[nodiscard]] bool is_of_another(packet_id receipt) const noexcept;

    /// Answers what that host answers; 503, and never 404, if there is no answer of it. `text` is the
    /// receipt as it was written.
    void ask(packet_id receipt, const std::string& text, const http::reply& give) const;

    [[nodiscard]] const std::vector<std::unique_ptr<peer>>& all() const noexcept { return all_; }

    /// As those of background_pool, for all of them.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);
    void leave_behind();

private:
    const std::uint64_t host_number_;
    std::vector<std::unique_ptr<peer>> all_;
};

} // namespace penstock::host::api
