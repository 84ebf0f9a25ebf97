// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace packets
{

/// Milliseconds since 1970, in the years 0 to 9999.
using milliseconds_since_1970 = std::int64_t;

/// Reads the time of an event: a text as RFC 3339 has it, or a number of seconds since 1970. Nothing
/// if it is none. [any thread]
[[nodiscard]] std::optional<milliseconds_since_1970> event_time(const penstock::json::value& value);

/// Writes such a time as RFC 3339 has it, in UTC; whole seconds without a fraction. [any thread]
[[nodiscard]] std::string rfc3339(milliseconds_since_1970 time);

} // namespace packets
