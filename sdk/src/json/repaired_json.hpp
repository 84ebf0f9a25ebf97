// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>
#include <string_view>

namespace penstock::detail
{

/// Returns a JSON text whose strings are valid: each half of a surrogate pair becomes the escape of
/// U+FFFD, and, if `how` says so, each byte that is no UTF-8 becomes that character. Lines and
/// columns stay. [any thread]
[[nodiscard]] std::string repaired_json(std::string_view text, invalid_text how);

} // namespace penstock::detail
