// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// A plain scalar of YAML 1.2 (core schema) as JSON: `null`, `true`, `false` or a number. Nothing for
/// a text. A number keeps its digits; one in base 8 or 16 that 64 bits cannot hold is a text.
[[nodiscard]] std::optional<std::string> json_of_plain(std::string_view scalar);

/// Whether it is a number of YAML that JSON has not: infinite, or none.
[[nodiscard]] bool is_not_finite(std::string_view scalar);

} // namespace penstock::host
