// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <chrono>
#include <string>

namespace penstock::host::tests
{

/// Runs a random graph in a host of its own and compares it with its model: the four counts of each
/// receipt, what each publisher delivers, the order of requests of one key, and how far edges grow.
/// Returns what differs; nothing if all is the same. A request that has not
/// ended stands still if no packet moves for `patience`.
[[nodiscard]] std::string run_and_compare(const random_graph& graph, std::chrono::seconds patience);

} // namespace penstock::host::tests
