// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "unescape.hpp"

#include "../write_utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace penstock::detail
{

namespace
{

constexpr std::size_t digits = 4;

std::uint32_t unit_of(std::string_view four)
{
    std::uint32_t unit = 0;
    std::from_chars(four.data(), four.data() + digits, unit, 16);
    return unit;
}

char meaning_of(char escape) noexcept
{
    switch (escape)
    {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return escape; // a quote, a backslash or a slash
    }
}

} // namespace

json::string unescaped(std::string_view inside)
{
    std::size_t escape = inside.find('\\');
    if (escape == std::string_view::npos)
        return json::string(inside);
    json::string made;
    made.resize(inside.size()); // an escape is longer than what it stands for
    char* to = made.data();
    for (; escape != std::string_view::npos; escape = inside.find('\\'))
    {
        to = std::copy_n(inside.data(), escape, to);
        inside.remove_prefix(escape + 1);
        if (inside.front() != 'u')
        {
            *to++ = meaning_of(inside.front());
            inside.remove_prefix(1);
            continue;
        }
        std::uint32_t character = unit_of(inside.substr(1, digits));
        inside.remove_prefix(1 + digits);
        if (character >= 0xD800 && character < 0xE000) // the other half follows
        {
            character = 0x10000 + ((character - 0xD800) << 10) +
                        (unit_of(inside.substr(2, digits)) - 0xDC00);
            inside.remove_prefix(2 + digits);
        }
        to = write_utf8(to, character);
    }
    to = std::copy_n(inside.data(), inside.size(), to);
    made.resize(static_cast<std::size_t>(to - made.data()));
    return made;
}

} // namespace penstock::detail
