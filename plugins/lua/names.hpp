// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <set>
#include <string>
#include <string_view>

namespace lua
{

/// Returns the names that a text of Lua calls, `upper(`, and those of which it calls a member,
/// `string.upper(`, outside of texts and comments. [any thread]
[[nodiscard]] std::set<std::string> called_names(std::string_view text);

} // namespace lua
