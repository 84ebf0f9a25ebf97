// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/printable.hpp"

#include "host/base/utf8.hpp"

#include <cstddef>

namespace penstock::host
{

bool is_control(std::string_view character) noexcept
{
    const auto byte = [&](std::size_t place)
    { return place < character.size() ? static_cast<unsigned char>(character[place]) : 0U; };
    if (character.size() == 1)
        return byte(0) < 0x20 || byte(0) == 0x7f;
    return character.size() == 2 && byte(0) == 0xc2 && byte(1) < 0xa0; // U+0080 to U+009F
}

void append_escaped(std::string& out, std::string_view bytes)
{
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : bytes)
    {
        const auto byte = static_cast<unsigned char>(c);
        out.append("\\x").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
}

std::string printable(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty())
    {
        const std::size_t length = utf8_length(text);
        const std::string_view character = text.substr(0, length == 0 ? 1 : length);
        if (length == 0 || is_control(character))
            append_escaped(out, character);
        else
            out += character;
        text.remove_prefix(character.size());
    }
    return out;
}

} // namespace penstock::host
