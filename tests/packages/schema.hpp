// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <string>

namespace penstock::host::tests
{

/// Returns why a form cannot be made from a parameter's schema; empty if it can. Forms know
/// scalars, amounts with a unit, choices, and lists of these; any JSON is a text area.
[[nodiscard]] std::string problem_of_schema(const json::object& schema);

/// Returns whether a value is valid by such a schema.
[[nodiscard]] bool is_valid(const json::value& value, const json::object& schema);

} // namespace penstock::host::tests
