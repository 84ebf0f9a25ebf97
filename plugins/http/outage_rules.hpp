// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>
#include <penstock/parameter.hpp>

#include <cstdint>
#include <vector>

namespace http_package
{

/// The parameters `refusals` and `patience` of a component, by which it decides whether its packet
/// waits for a server or fails. A member of its component. [the component's own fiber]
class outage_rules
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit outage_rules(penstock::component& owner);

    /// Told in start(): whether credentials go with each request, and whether the graph alone names
    /// what is asked for, and no packet does.
    void start(bool logs_in, bool has_fixed_url);

    /// Whether a status is no fault of its packet: an outage that `refusals` does not name;
    /// credentials that are refused (401); and, where the graph alone names the URL, what all packets
    /// get alike: 3xx, 401, 403, 501, 505, 506, 508 and 510.
    [[nodiscard]] bool waits_for(unsigned status) const;

    /// Counts that a packet went without an answer, or that the answer was 500; returns whether it
    /// was so as often in turn as `patience` allows, and the count begins again. Never where the
    /// graph alone names the URL: then the server is away for all packets.
    [[nodiscard]] bool is_over(const penstock::packet_id& packet);

private:
    penstock::parameter<std::vector<std::uint32_t>> refusals_;
    penstock::parameter<std::uint32_t> patience_;
    bool logs_in_ = false;
    bool has_fixed_url_ = true;
    penstock::packet_id last_{};
    std::uint32_t count_ = 0; // of the last packet
};

} // namespace http_package
