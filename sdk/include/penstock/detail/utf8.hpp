// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// Returns whether a text is UTF-8 as RFC 3629 has it: shortest forms only, no surrogates.
[[nodiscard]] PENSTOCK_EXPORT bool is_utf8(std::string_view text) noexcept;

/// The length of the sequence that a text begins with; 0 if it begins with none.
[[nodiscard]] PENSTOCK_EXPORT std::size_t utf8_length(std::string_view text) noexcept;

/// Returns a text without the byte order mark that it may begin with.
[[nodiscard]] inline std::string_view without_mark(std::string_view text) noexcept
{
    constexpr std::string_view mark = "\xef\xbb\xbf";
    return text.substr(text.starts_with(mark) ? mark.size() : 0);
}

/// Returns such a text: each byte that is no part of one is replaced by U+FFFD.
[[nodiscard]] PENSTOCK_EXPORT std::string repaired_utf8(std::string_view text);

} // namespace penstock::detail
