// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/deployment.hpp"
#include "host/engine/node_health.hpp"

#include <penstock/json.hpp>

#include <string>
#include <vector>

namespace penstock::host
{

/// A node that tries packets again, or waits for what it works with.
struct retrying_node
{
    std::string node;
    retry_report report;
    bool is_away = false; ///< what it works with
};

/// A node that waits for what it needs for itself alone, or never waits for packets.
struct waiting_node
{
    std::string node;
    wait_report report;
};

/// Returns the nodes at which packets wait for their next try, or for what is away; of one that
/// does so on several lanes, what the lane says that has done so for longest. [any thread]
[[nodiscard]] std::vector<retrying_node> retrying_nodes(const deployment& version,
                                                        const node_health& health);

/// Returns the nodes that have waited long for a resource, or wait for room for dead letters. [any
/// thread]
[[nodiscard]] std::vector<waiting_node> waiting_nodes(const deployment& version);

/// Returns the nodes that never wait for packets. [any thread]
[[nodiscard]] std::vector<waiting_node> polling_nodes(const deployment& version);

/// Returns the waits of lanes that have work and have not moved a packet for long; once those that
/// several lanes have. [any thread]
[[nodiscard]] std::vector<wait_report> standstills(const deployment& version);

/// Returns the counters of `nodes` and `edges`, summed over lanes, and the load of each of `lanes`;
/// all empty without a version. [any thread]
[[nodiscard]] json::object version_stats(const deployment* version);

} // namespace penstock::host
