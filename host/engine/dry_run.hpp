// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/lane/plan.hpp"

#include <penstock/packet.hpp>

#include <compare>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace penstock::host
{

/// Names one port of a plan, `node.port`; an input and an output may share a name.
struct plan_port
{
    std::string node;
    std::string port;

    friend auto operator<=>(const plan_port&, const plan_port&) = default;
};

using packets_by_port = std::map<plan_port, std::vector<packet>>;

/// The input of a dry run.
struct dry_run_script
{
    packets_by_port fed;            ///< into inputs, before what comes over edges
    packets_by_port played;         ///< from outputs of nodes that are replaced
    std::set<std::string> replaced; ///< nodes of which nothing is run
};

/// The result of a dry run.
struct dry_run_result
{
    packets_by_port arrived; ///< at each input
    packets_by_port sent;    ///< from each output, also `error`
    std::vector<packet> replies;
    std::vector<std::pair<std::string, std::string>> dead; ///< nodes, and why they failed a packet
    std::vector<std::pair<std::string, std::string>> thrown; ///< nodes, and what their run() threw
};

/// Runs a graph once over given packets, one node after the other, each over all that comes to it:
/// without lanes, fibers, journal or time. A wait for a deadline ends at once, so windows and
/// throttles need no waiting. All packets count as one request. [one thread]
[[nodiscard]] dry_run_result dry_run(const plan& plan, dry_run_script script);

} // namespace penstock::host
