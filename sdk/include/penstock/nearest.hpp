// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace penstock
{

/// Returns the name that a mistyped one most likely meant; empty when none is close. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string nearest(std::string_view name,
                                                  const std::vector<std::string>& known);

/// Returns what was expected in place of an unknown name: `did you mean "out"?`, or else the known
/// names, or that there are none. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string expected_name(std::string_view name,
                                                        const std::vector<std::string>& known);

/// Joins names to `"a", "b" or "c"`. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string quoted(const std::vector<std::string>& names);

} // namespace penstock
