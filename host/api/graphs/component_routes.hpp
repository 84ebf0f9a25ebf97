// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"
#include "host/packages/catalogue.hpp"

namespace penstock::host::api
{

/// Shows the catalogue: `/api/components` with what follows it. Both arguments outlive the table;
/// `quick` does the work, since asking for a component may load its package.
void add_component_routes(router& table, catalogue& components, background_pool& quick);

} // namespace penstock::host::api
