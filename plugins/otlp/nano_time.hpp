// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace otlp_package
{

/// Writes nanoseconds since 1970 as RFC 3339 in UTC, with nine digits of a second. [any thread]
[[nodiscard]] std::string rfc3339(std::uint64_t nanoseconds);

/// Reads a time of RFC 3339 as nanoseconds since 1970; digits beyond the ninth are cut. Nothing if it
/// is none, or lies before 1970 or behind 2554. [any thread]
[[nodiscard]] std::optional<std::uint64_t> nanoseconds_of(std::string_view time);

} // namespace otlp_package
