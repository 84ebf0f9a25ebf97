// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace penstock::host::http
{

/// What ends a line of a head, and of a multipart body.
inline constexpr std::string_view crlf = "\r\n";

constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

constexpr bool is_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// The characters of an RFC 9110 token; every request and answer has some two hundred.
inline constexpr auto token_chars = []
{
    std::array<bool, 256> table{};
    for (std::size_t i = 0; i < table.size(); ++i)
    {
        const char c = static_cast<char>(i);
        table[i] = is_digit(c) || is_letter(c) ||
                   std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos;
    }
    return table;
}();

constexpr bool is_token_char(char c) noexcept
{
    return token_chars[static_cast<unsigned char>(c)];
}

constexpr bool is_token(std::string_view text) noexcept
{
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

constexpr bool is_control(char c) noexcept
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

/// Finds the first control character at or after `from`; the size if there is none.
inline std::size_t find_control(std::string_view text, std::size_t from) noexcept
{
    // Eight bytes at once: the top bit of each byte tells whether it is below 0x20 or 0x7f.
    constexpr std::uint64_t ones = 0x0101010101010101;
    for (; from + 8 <= text.size(); from += 8)
    {
        std::uint64_t word = 0;
        std::memcpy(&word, text.data() + from, sizeof word);
        const std::uint64_t not_delete = word ^ ones * 0x7f;
        if ((((word - ones * 0x20) & ~word) | ((not_delete - ones) & ~not_delete)) & ones * 0x80)
            break;
    }
    while (from < text.size() && !is_control(text[from]))
        ++from;
    return from;
}

constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// The value of a hexadecimal digit, or -1.
constexpr int hex_value(char c) noexcept
{
    if (is_digit(c))
    {
        return c - '0';
    }
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/// Cuts spaces and tabs from both ends.
constexpr std::string_view trim(std::string_view text) noexcept
{
    const auto is_blank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.empty() && is_blank(text.front()))
    {
        text.remove_prefix(1);
    }
    while (!text.empty() && is_blank(text.back()))
    {
        text.remove_suffix(1);
    }
    return text;
}

/// Calls `use` with each trimmed, non-empty element of a comma-separated list.
template <class Use>
constexpr void each_of_list(std::string_view list, Use use)
{
    while (!list.empty())
    {
        const auto comma = std::min(list.find(','), list.size());
        if (const auto element = trim(list.substr(0, comma)); !element.empty())
        {
            use(element);
        }
        list.remove_prefix(std::min(comma + 1, list.size()));
    }
}

} // namespace penstock::host::http
