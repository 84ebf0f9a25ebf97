// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/running_graph.hpp"

#include <penstock/json.hpp>

#include <string>

namespace penstock::host::api
{

/// Lists why a graph does not take entries, or soon will not: nodes that have given up, each with
/// its last error and since when, a full edge, an exhausted quota. Empty for a healthy graph.
[[nodiscard]] json::array graph_causes(const running_graph& graph);

/// Lists what holds packets up in a graph that takes entries, until its quota is exhausted: nodes
/// at which packets wait for their next try, each with since when, the last error, the attempt and
/// the next one; nodes that wait for a resource; and lanes that move nothing, with who waits for
/// whom.
[[nodiscard]] json::array delay_causes(const running_graph& graph);

/// Returns the first cause in one line: `node "index" has given up since …: …`, and what holds
/// packets up, if anything does; or the state.
[[nodiscard]] std::string main_cause(const running_graph& graph);

/// Says that requests of an earlier run wait for a graph that does not run, and what helps.
[[nodiscard]] std::string left_detail(const pending_of_graph& left);

/// The same as a cause: `left`, with the number of `entries`.
[[nodiscard]] json::object left_cause(const pending_of_graph& left);

/// The state of such a graph: name, `stopped`, what is pending, and that cause.
[[nodiscard]] json::object left_state(const pending_of_graph& left);

/// Returns whether the graph's pending quota has no room for one more entry.
[[nodiscard]] bool is_full(const running_graph& graph) noexcept;

} // namespace penstock::host::api
