// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "request_head.hpp"

#include <penstock/packet.hpp>
#include <penstock/parameter.hpp>

#include <cstdint>
#include <vector>

namespace http_package
{

/// What becomes of a packet whose request has not succeeded.
enum class verdict
{
    waits,   ///< the server is away for all packets: penstock::unavailable
    retries, ///< the packet uses one of the attempts of the node's `retry`
    fails
};

/// The parameters `refusals` and `patience` of a component, and the rules by which its packet waits
/// for a server, is tried again or fails. Where the graph alone names the URL, an outage of the
/// server lets no packet fail. A member of its component. [the component's own fiber]
class outage_rules
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit outage_rules(penstock::component& owner);

    /// Told in start(): whether credentials go with each request, and what packets name.
    void start(bool logs_in, named_part named);

    /// Judges an answer whose status is none of 2xx. The packet is not to blame for an outage that
    /// `refusals` does not name; for credentials that are refused (401); and, where the graph alone
    /// names the URL, for what all packets get alike: 3xx, 401, 403, 501, 505, 506, 508 and 510. A
    /// packet that names a part of the URL waits for 500 no more often in turn than `patience`
    /// says.
    [[nodiscard]] verdict of_answer(unsigned status, const penstock::packet_id& packet);

    /// Judges a request that a server took the connection for, and gave no whole answer to; as 500.
    [[nodiscard]] verdict of_no_answer(const penstock::packet_id& packet);

    /// Judges a request that no server took the connection for. Where packets name the host, that
    /// of one is no reason for the others to wait.
    [[nodiscard]] verdict of_no_connection() const;

private:
    [[nodiscard]] verdict of_outage() const;
    [[nodiscard]] bool is_for_all(unsigned status) const;

    penstock::parameter<std::vector<std::uint32_t>> refusals_;
    penstock::parameter<std::uint32_t> patience_;
    bool logs_in_ = false;
    named_part named_ = named_part::nothing;
    penstock::packet_id last_{};
    std::uint32_t count_ = 0; // of the last packet
};

} // namespace http_package
