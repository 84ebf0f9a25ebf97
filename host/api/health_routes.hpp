// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/guard.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

namespace penstock::host::api
{

/// Tells whether the host lives, `/livez`, and whether its graphs take data, `/readyz`: why they do not
/// is only for those who may read. What is referred to outlives the table.
void add_health_routes(router& table, const engine& graphs, guard* door = nullptr);

} // namespace penstock::host::api
