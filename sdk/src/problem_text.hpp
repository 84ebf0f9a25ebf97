// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/description.hpp>

#include <string_view>

namespace penstock::detail
{

/// Splits a text `what is wrong; what was expected`, about the parameter of that name.
[[nodiscard]] parameter_problem problem_of(std::string_view name, std::string_view text);

} // namespace penstock::detail
