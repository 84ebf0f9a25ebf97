// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/http/limits.hpp"
#include "host/http/live_feed.hpp"
#include "host/http/router.hpp"
#include "host/run/engine.hpp"

namespace penstock::host::http
{

/// Shows how a graph fares while it does: the WebSocket `/api/live?graph=NAME`. `graphs` and `feed`
/// outlive the table.
void add_live_routes(router& table, engine& graphs, live_feed& feed, const limits& bounds);

} // namespace penstock::host::http
