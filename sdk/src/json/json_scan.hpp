// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstring>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// Whether a character between the tokens of valid JSON is a space (RFC 8259, section 2), the only
/// characters up to U+0020 that are there.
[[nodiscard]] inline bool is_json_space(char c) noexcept
{
    return static_cast<unsigned char>(c) <= ' ';
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

} // namespace penstock::detail
