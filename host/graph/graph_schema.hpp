// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/packages/component_type.hpp"

#include <penstock/json.hpp>

#include <memory>
#include <vector>

namespace penstock::host
{

/// The JSON Schema (draft 7, which editors know) of graph files with these components. What it
/// refuses, check() refuses; it does not see how parts of a file belong together: names of nodes at
/// edges, ports, cycles, and what rules of components say. Parameters of a node that names a version
/// of its package are not looked at.
[[nodiscard]] json::object
graph_schema(const std::vector<std::shared_ptr<const component_type>>& components);

} // namespace penstock::host
