// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/utf8.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace otlp_package
{

/// Returns a text with U+FFFD in place of what is no UTF-8. [any thread]
[[nodiscard]] inline std::string valid_text(std::string text)
{
    return penstock::detail::is_utf8(text) ? text : penstock::detail::repaired_utf8(text);
}

/// Writes bytes as hexadecimal digits. [any thread]
[[nodiscard]] inline std::string hex_of(std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    text.reserve(bytes.size() * 2);
    for (const char c : bytes)
    {
        text += digits[static_cast<unsigned char>(c) >> 4U];
        text += digits[static_cast<unsigned char>(c) & 15U];
    }
    return text;
}

/// Reads hexadecimal digits as bytes; nothing if they are none. [any thread]
[[nodiscard]] inline std::optional<std::string> bytes_of_hex(std::string_view text)
{
    const auto value = [](char c) -> int
    {
        if (c >= '0' && c <= '9')
            return c - '0';
        const char small = static_cast<char>(c | 0x20);
        return small >= 'a' && small <= 'f' ? small - 'a' + 10 : -1;
    };
    if (text.size() % 2 != 0)
        return std::nullopt;
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); i += 2)
    {
        const int high = value(text[i]);
        const int low = value(text[i + 1]);
        if (high < 0 || low < 0)
            return std::nullopt;
        bytes += static_cast<char>(high * 16 + low);
    }
    return bytes;
}

/// Writes bytes as base64 (RFC 4648, 4). [any thread]
[[nodiscard]] inline std::string base64_of(std::string_view bytes)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3)
    {
        unsigned group = 0;
        for (std::size_t k = 0; k < 3; ++k)
            group = group << 8U |
                    (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0U);
        for (std::size_t k = 0; k < 4; ++k)
            text += i + k > bytes.size() ? '=' : digits[(group >> (18U - 6U * k)) & 63U];
    }
    return text;
}

} // namespace otlp_package
