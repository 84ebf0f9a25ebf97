// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "instant.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dates_package
{

/// Reads a decimal number, with a sign and a fraction or not, as the time since 1970 in UTC:
/// seconds, or with `digits` 3 milliseconds. Nothing if it is none, or of a year that is not from
/// 1000 to 9999. What is less than a nanosecond is left out. [any thread]
[[nodiscard]] std::optional<instant> from_epoch(std::string_view text, std::size_t digits);

/// Returns a double as such a number, to a microsecond; nothing if it is too large for a date. [any
/// thread]
[[nodiscard]] std::optional<std::string> seconds_text(double number);

} // namespace dates_package
