// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/router.hpp"

#include <string>

namespace penstock::host::api
{

/// Serves `/openapi.json`, which describes all routes of the table once the last was added.
void add_page_routes(router& table, const std::string& version);

} // namespace penstock::host::api
