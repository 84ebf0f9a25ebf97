// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/peers.hpp"
#include "host/api/hosts/own_link.hpp"
#include "host/net/handler.hpp"
#include "host/net/url.hpp"
#include "host/rollout/host_link.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::api
{

/// One of the hosts side by side.
struct listed_host
{
    std::uint64_t number = 0;
    std::string address;         ///< for people; of the own host empty if `peers` does not name it
    std::optional<http::url> at; ///< nothing: the own host
};

/// The hosts side by side, the own one first and the others by their numbers, and the way to each.
/// Immutable. [any thread]
class host_list
{
public:
    /// `own` and `is_ending`, which tells that the own host is stopping, outlive this object.
    host_list(const peer_options& options, http::handler& own, const std::atomic<bool>& is_ending);

    /// Whether there are others.
    [[nodiscard]] bool has_others() const noexcept { return all_.size() > 1; }

    [[nodiscard]] const std::vector<listed_host>& all() const noexcept { return all_; }

    /// How long a host may take to say how it fares.
    [[nodiscard]] std::chrono::milliseconds wait() const noexcept { return wait_; }

    [[nodiscard]] bool is_ending() const noexcept { return is_ending_; }

    /// Makes a way to ask one of them, with the caller's own token. Throws boost::system::system_error
    /// for a file with authorities that cannot be used.
    [[nodiscard]] std::unique_ptr<rollout::host_link> reach(const listed_host& which,
                                                            const caller& who) const;

private:
    http::handler& own_;
    const std::atomic<bool>& is_ending_;
    const std::string ca_;
    const std::chrono::milliseconds wait_;
    std::vector<listed_host> all_;
};

} // namespace penstock::host::api
