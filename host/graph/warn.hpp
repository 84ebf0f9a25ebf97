// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/graph/spec.hpp"
#include "host/packages/catalogue.hpp"

#include <vector>

namespace penstock::host
{

/// Finds what does not keep a graph from running but will in time: components that are deprecated.
/// Loads the packages that the graph names.
[[nodiscard]] std::vector<problem> warn(const graph_spec& graph, catalogue& catalogue);

} // namespace penstock::host
