// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/router.hpp"

#include <penstock/json.hpp>

#include <string_view>

namespace penstock::host::api
{

/// Describes all operations of a table as OpenAPI 3.1 does.
[[nodiscard]] json::object openapi(const router& table, std::string_view version);

} // namespace penstock::host::api
