// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

namespace extract_package
{

/// Expressions by the names that grok patterns call them by.
using grok_definitions = std::map<std::string, std::string, std::less<>>;

/// The names that grok patterns usually have, written from what each is to match. [any thread]
[[nodiscard]] const grok_definitions& usual_grok_definitions();

/// Adds definitions from the text of a file: a name, blanks, and an expression a line; lines that
/// are empty or begin with `#` are skipped. Those that are there are replaced. Throws
/// std::invalid_argument with the number of a line that is none.
void add_grok_definitions(grok_definitions& to, std::string_view text);

} // namespace extract_package
