// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"
#include "host/store/draft_store.hpp"

#include <cstddef>

namespace penstock::host::api
{

/// The routes of drafts: `/api/graphs/{name}/draft`, any JSON object, whose ETag tells
/// one text from another; `most` of them. `drafts` and `quick` outlive the table; `quick` alone
/// uses `drafts`.
void add_draft_routes(router& table, const draft_store& drafts, const api_limits& bounds,
                      std::size_t most, background_pool& quick);

} // namespace penstock::host::api
