// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/spec.hpp"

#include <string>

namespace penstock::host::cli
{

/// Writes a graph in the language of Graphviz.
[[nodiscard]] std::string dot_picture(const graph_spec& graph);

/// Writes a graph as a Mermaid flowchart.
[[nodiscard]] std::string mermaid_picture(const graph_spec& graph);

} // namespace penstock::host::cli
