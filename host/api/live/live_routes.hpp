// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/live/live_conversation.hpp"
#include "host/api/router.hpp"

namespace penstock::host::api
{

/// Shows how a graph fares while it does: the WebSocket `/api/live?graph=NAME`. What `around`
/// refers to outlives the table.
void add_live_routes(router& table, const live_surroundings& around, const api_limits& bounds);

} // namespace penstock::host::api
