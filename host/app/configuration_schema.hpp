// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

namespace penstock::host
{

/// The JSON Schema (draft 7) of configuration files. What it refuses, read_configuration() refuses.
[[nodiscard]] json::object configuration_schema();

} // namespace penstock::host
