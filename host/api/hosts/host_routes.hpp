// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/background_pool.hpp"
#include "host/api/hosts/host_list.hpp"
#include "host/api/hosts/rollouts.hpp"
#include "host/api/router.hpp"

namespace penstock::host::api
{

/// Adds `GET /api/hosts`: how the hosts side by side fare, each asked at the same time on `asking`,
/// and the last of `all` of a graph. All outlive the router.
void add_host_routes(router& table, const host_list& hosts, const rollouts& all,
                     background_pool& asking);

} // namespace penstock::host::api
