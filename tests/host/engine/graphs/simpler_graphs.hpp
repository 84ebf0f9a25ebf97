// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <vector>

namespace penstock::host::tests
{

/// All graphs that are one step simpler, the much simpler first.
[[nodiscard]] std::vector<random_graph> simpler_graphs(const random_graph& than);

} // namespace penstock::host::tests
