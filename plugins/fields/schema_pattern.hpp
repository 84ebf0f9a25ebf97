// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string_view>

#include <re2/re2.h>

namespace fields_package
{

/// Returns an expression of JSON Schema, ECMA-262, for RE2: `\uXXXX` and `\cX` are rewritten, all
/// else is the same or, as what looks ahead or back, refused. Throws std::invalid_argument. [any
/// thread]
[[nodiscard]] std::shared_ptr<const RE2> schema_pattern(std::string_view text);

} // namespace fields_package
