// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <cstdint>
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

/// What a check may take.
struct schema_limits
{
    std::size_t depth;   ///< levels of schemas and values, each about a kilobyte of the stack
    std::uint64_t steps; ///< schemas and values that are looked at, and 64 bytes of a text each
};

/// The error of a check that would take more than its limits allow.
class schema_limit_error final : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Checks a value against a schema, and returns the first thing that does not fit; of choices as
/// `anyOf`, the choice itself. Throws schema_limit_error. [any thread]
[[nodiscard]] std::optional<schema_failure> check_schema(const schema& against,
                                                         const penstock::json::value& value,
                                                         const schema_limits& limits);

} // namespace fields_package
