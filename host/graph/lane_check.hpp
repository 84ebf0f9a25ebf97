// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem_list.hpp"
#include "host/graph/node_check.hpp"
#include "host/graph/spec.hpp"

#include <vector>

namespace penstock::host
{

/// Checks whether the components of a graph are right on as many lanes as it has. `nodes` are those
/// of the graph, in its order.
void check_lanes(const graph_spec& graph, const std::vector<known_node>& nodes,
                 problem_list& problems);

} // namespace penstock::host
