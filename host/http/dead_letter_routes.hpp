// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/http/router.hpp"
#include "host/journal/records.hpp"

namespace penstock::host::http
{

/// Shows and drops dead letters: `/api/dead-letters` with what follows it. The letters outlive the
/// table.
void add_dead_letter_routes(router& table, records& kept);

} // namespace penstock::host::http
