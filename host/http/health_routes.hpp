// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/http/router.hpp"
#include "host/run/engine.hpp"

namespace penstock::host::http
{

/// Tells whether the host lives, `/livez`, and whether its graphs take data, `/readyz`. The engine
/// outlives the table.
void add_health_routes(router& table, const engine& graphs);

} // namespace penstock::host::http
