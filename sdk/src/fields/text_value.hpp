// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string_view>

namespace penstock::detail
{

/// The options for a text that was checked with others before.
inline constexpr json_options checked_text{.depth = json_options::unbounded,
                                           .members = json_options::unbounded,
                                           .memory = json_options::unbounded};

/// Makes a value of its text, which was checked and has no spaces around it. [any thread]
[[nodiscard]] json::value value_of_text(std::string_view text);

} // namespace penstock::detail
