// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace reading
{

/// Returns a text with its letters of ASCII in lower case, as protocols and formats compare names;
/// other bytes are kept, whatever the locale. [any thread]
[[nodiscard]] inline std::string lower(std::string_view text)
{
    std::string made(text);
    std::ranges::transform(made, made.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return made;
}

/// Returns a text without blanks, tabs and line ends at its begin and end. [any thread]
[[nodiscard]] inline std::string_view trimmed(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n";
    text.remove_prefix(std::min(text.find_first_not_of(space), text.size()));
    return text.substr(0, text.find_last_not_of(space) + 1);
}

} // namespace reading
