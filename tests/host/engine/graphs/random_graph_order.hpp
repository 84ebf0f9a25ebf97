// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <vector>

namespace penstock::host::tests
{

/// Returns for each node whether the packets that leave it keep the order of their requests.
[[nodiscard]] std::vector<bool> keep_request_order(const random_graph& graph);

/// Returns for each node whether the packets that leave it keep the order of the requests of one
/// key.
[[nodiscard]] std::vector<bool> keep_key_order(const random_graph& graph);

/// Returns whether a node sends on all that it gets, one by one, in order, and with their values.
[[nodiscard]] bool passes_all_on(const random_node& node);

/// Returns whether each `act::zip` gets the same packets in the same order at both inputs.
[[nodiscard]] bool has_pairs_to_zip(const random_graph& graph);

} // namespace penstock::host::tests
