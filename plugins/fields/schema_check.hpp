// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>

namespace fields_package
{

/// What of a value does not fit a schema.
struct schema_failure
{
    std::string pointer; ///< to the value within all of it; empty: all of it
    std::string keyword; ///< that it does not fit; empty: the schema is `false`
    std::string what;    ///< what is wrong, and what was expected
};

/// The error of schemas and values that are nested deeper than a check may go.
class schema_depth_error final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Checks a value against a schema, and returns the first thing that does not fit; of choices as
/// `anyOf`, the choice itself. Throws schema_depth_error, and std::runtime_error after ten million
/// steps. A level takes about a kilobyte of the stack. [any thread]
[[nodiscard]] std::optional<schema_failure>
check_schema(const schema& against, const penstock::json::value& value, std::size_t depth);

} // namespace fields_package
