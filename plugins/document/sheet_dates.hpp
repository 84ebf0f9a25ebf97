// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace document_package
{

/// Whether the format of a number makes it a date or a time (ECMA-376, part 1, 18.8.31).
[[nodiscard]] bool is_date_format(std::string_view format);

/// Whether one of those that need no text does (18.8.30).
[[nodiscard]] bool is_date_format(int number);

/// Returns the date and time that a number stands for (18.17.4), to the second; none if it is out
/// of their range. `since_1904` is the date system of the workbook.
[[nodiscard]] std::optional<std::string> date_of_number(double number, bool since_1904);

} // namespace document_package
