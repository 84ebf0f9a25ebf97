// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

namespace penstock::host::api
{

/// Returns whether the host lives, `/livez`, and whether its graphs take data, `/readyz`: why they
/// do not is only for those who may read. What is referred to outlives the table.
void add_health_routes(router& table, const engine& graphs,
                       authenticator* authentication = nullptr);

} // namespace penstock::host::api
