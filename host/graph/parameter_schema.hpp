// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string_view>

namespace penstock::host
{

/// The name of the JSON Schema that editors know best.
inline constexpr std::string_view draft_7 = "http://json-schema.org/draft-07/schema#";

/// A schema of the SDK, which is of 2020-12, without the keywords that draft 7 has not.
[[nodiscard]] json::object in_draft_7(json::object schema);

/// The schema of a parameter's value in a graph file: what it may be, or a reference where the whole
/// schema has one in `#/definitions/reference`. Of a secret only that.
[[nodiscard]] json::object parameter_schema(json::object schema);

/// The schema of a reference: `"${env:NAME}"` or `"${secret:NAME}"`.
[[nodiscard]] json::object reference_schema();

} // namespace penstock::host
