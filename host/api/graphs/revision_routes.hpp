// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"
#include "host/store/revision_store.hpp"

namespace penstock::host::api
{

/// Shows what a graph's file was: `/api/graphs/{name}/revisions`, the newest first, and each of
/// them exactly. `revisions` and `quick` outlive the table.
void add_revision_routes(router& table, const revision_store& revisions, background_pool& quick);

} // namespace penstock::host::api
