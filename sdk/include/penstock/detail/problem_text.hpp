// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/description.hpp>
#include <penstock/export.hpp>
#include <penstock/json.hpp>

#include <string_view>

namespace penstock::detail
{

/// Splits a text `what is wrong; what was expected`, about the parameter of that name.
[[nodiscard]] PENSTOCK_EXPORT parameter_problem problem_of(std::string_view name,
                                                           std::string_view text);

/// Names the kind of a value as such texts do: `a text`, `a list`.
[[nodiscard]] PENSTOCK_EXPORT std::string_view kind_of(const json::value& value) noexcept;

} // namespace penstock::detail
