// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/router.hpp"
#include "host/journal/journal_queries.hpp"

namespace penstock::host::api
{

/// Reads `?graph=&node=&reason=`, which dead letters a request is about.
[[nodiscard]] dead_letter_filter dead_letters_asked_for(const http::request& asked);

/// Shows and drops dead letters: `/api/dead-letters` with what follows it. The dead letters outlive
/// the table.
void add_dead_letter_routes(router& table, journal_queries& kept, background_pool& disk);

} // namespace penstock::host::api
