// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// Whether JSON takes a character for a space between tokens (RFC 8259, section 2).
[[nodiscard]] inline bool is_json_space(char c) noexcept
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/// Returns the first place from `at` on with a quote, a bracket, a brace or a space; `end` if there
/// is none.
[[nodiscard]] const char* next_mark(const char* at, const char* end) noexcept;

/// Returns the place behind the string whose opening quote is at `at`, in valid JSON that ends at
/// `end`.
[[nodiscard]] inline const char* behind_string(const char* at, const char* end) noexcept
{
    for (const char* quote = at + 1;; ++quote)
    {
        quote = static_cast<const char*>(
            std::memchr(quote, '"', static_cast<std::size_t>(end - quote)));
        if (quote == nullptr) [[unlikely]]
            return end;
        const char* escapes = quote; // the backslashes before it: an odd number escapes it
        while (escapes[-1] == '\\')
            --escapes;
        if ((quote - escapes) % 2 == 0)
            return quote + 1;
    }
}

/// Returns valid JSON without the spaces between its tokens.
[[nodiscard]] std::string without_spaces(std::string_view text);

/// Returns the text of a JSON string without escapes; `inside` is what its quotes enclose.
[[nodiscard]] std::string without_escapes(std::string_view inside);

} // namespace penstock::detail
