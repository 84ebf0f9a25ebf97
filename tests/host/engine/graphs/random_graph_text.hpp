// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <string>

namespace penstock::host::tests
{

/// Writes a graph down, a line a node, an edge or a request.
[[nodiscard]] std::string to_text(const random_graph& graph);

/// Writes a node as numbers, and reads it back.
[[nodiscard]] std::string to_numbers(const random_node& node);
[[nodiscard]] random_node from_numbers(const std::string& text);

} // namespace penstock::host::tests
