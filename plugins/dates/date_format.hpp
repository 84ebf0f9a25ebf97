// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace dates_package
{

/// Whether a format is to read dates or to write them.
enum class format_use
{
    reading,
    writing
};

/// Returns what is wrong with a format, as a problem of a parameter says it; empty: nothing. To be
/// read, a date needs a year, a day beside a week, %p beside %I, and no name of a zone, which
/// several zones have. [any thread]
[[nodiscard]] std::string problem_of_format(std::string_view format, format_use use);

/// Returns what a format lacks to name a day, to be put behind it: month and day, or the day. [any
/// thread]
[[nodiscard]] std::string completion_of(std::string_view format);

} // namespace dates_package
