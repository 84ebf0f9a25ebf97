// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>

namespace penstock::host::cli
{

/// Writes how a graph fares as a table: a line about the graph, then its nodes, then its edges.
/// `counted` is what `/api/graphs/{name}/stats` says, `rates` a whole message of api::live_stats
/// about the same.
[[nodiscard]] std::string top_table(const json::object& counted, const json::object& rates);

} // namespace penstock::host::cli
