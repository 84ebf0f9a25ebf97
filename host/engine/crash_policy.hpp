// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/journal/journal_queries.hpp"
#include "host/lane/quarantine.hpp"

#include <penstock/packet.hpp>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What follows from the crashes of the last 24 hours for one graph.
struct crash_policy
{
    std::vector<quarantined_packet> quarantine;

    /// Why the graph is not to be run; empty: it may.
    std::string pause_reason;
    std::string paused_node;
};

/// Judges crashes: a packet that three were blamed on at one node is not tried there again; a
/// component that three packets within ten minutes were blamed on keeps its graph from running.
/// Returns a policy for each graph that has suspects.
[[nodiscard]] std::map<std::string, crash_policy, std::less<>>
judge_crashes(const std::vector<blame>& blames);

} // namespace penstock::host
