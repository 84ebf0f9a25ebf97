// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "repaired_json.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <cstddef>

namespace penstock::detail
{

namespace
{

constexpr std::size_t escape_length = 6; // \uD83D

// The code unit of the escape that a text begins with; 0 if it begins with none.
unsigned escaped_unit(std::string_view text)
{
    if (text.size() < escape_length || !text.starts_with("\\u"))
        return 0;
    unsigned unit = 0;
    const char* const end = text.data() + escape_length;
    const auto [stopped, error] = std::from_chars(text.data() + 2, end, unit, 16);
    return error == std::errc() && stopped == end ? unit : 0;
}

bool is_high(unsigned unit)
{
    return unit >= 0xd800 && unit < 0xdc00;
}

bool is_low(unsigned unit)
{
    return unit >= 0xdc00 && unit < 0xe000;
}

// Appends the escape that a text begins with; returns how many bytes of the text it was.
std::size_t append_escape(std::string& made, std::string_view text)
{
    const unsigned unit = escaped_unit(text);
    std::size_t length = std::min<std::size_t>(unit != 0 ? escape_length : 2, text.size());
    if (is_high(unit) && is_low(escaped_unit(text.substr(length))))
        length *= 2;
    else if (is_high(unit) || is_low(unit))
    {
        made += "\\ufffd";
        return length;
    }
    made += text.substr(0, length);
    return length;
}

} // namespace

std::string repaired_json(std::string_view text, invalid_text how)
{
    std::string made;
    made.reserve(text.size());
    bool inside = false; // of a string
    for (std::size_t at = 0; at < text.size();)
    {
        const char c = text[at];
        if (inside && c == '\\')
        {
            at += append_escape(made, text.substr(at));
            continue;
        }
        if (c == '"')
            inside = !inside;
        const bool is_checked = inside && static_cast<unsigned char>(c) >= 0x80;
        const std::size_t length = is_checked ? utf8_length(text.substr(at, 4)) : 1;
        if (length == 0 && how == invalid_text::replace)
            made += "\xef\xbf\xbd";
        else
            made += text.substr(at, std::max<std::size_t>(length, 1));
        at += std::max<std::size_t>(length, 1);
    }
    return made;
}

bool may_need_repair(std::string_view text, invalid_text how)
{
    if (how == invalid_text::replace && !is_utf8(text))
        return true;
    constexpr std::string_view escape = "\\u";
    for (auto at = text.find(escape); at != std::string_view::npos; at = text.find(escape, at + 1))
        if (at + escape.size() < text.size() && (text[at + escape.size()] | 0x20) == 'd')
            return true;
    return false;
}

} // namespace penstock::detail
