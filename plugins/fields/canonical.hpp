// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>

namespace fields_package
{

/// Returns a text that equal values of JSON have alone: members in order of their names, a number
/// without a fraction as an integer, 1.0 as 1. [any thread]
[[nodiscard]] std::string canonical(const penstock::json::value& value);

} // namespace fields_package
