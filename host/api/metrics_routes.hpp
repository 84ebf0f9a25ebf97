// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/peers.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

namespace penstock::host::api
{

/// Counts everything for Prometheus: `/metrics`. Engine and peers outlive the table.
void add_metrics_routes(router& table, engine& graphs, const peers& others, background_pool& disk);

} // namespace penstock::host::api
