// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/hosts/rollouts.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

namespace penstock::host::api
{

/// Adds `/api/graphs/{name}/rollout` with what follows it: a graph is deployed or stopped on all
/// hosts side by side. `graphs`, `all` and `quick` outlive the router.
void add_rollout_routes(router& table, engine& graphs, rollouts& all, const api_limits& bounds,
                        background_pool& quick);

} // namespace penstock::host::api
