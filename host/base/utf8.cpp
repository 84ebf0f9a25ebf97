// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/utf8.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace penstock::host
{

namespace
{

/// Reads one well-formed sequence (Unicode 15, table 3-7); its length, or 0.
std::size_t utf8_length(std::string_view text) noexcept
{
    const auto byte = [&](std::size_t i)
    { return i < text.size() ? static_cast<std::uint8_t>(text[i]) : std::uint8_t{0}; };
    const auto tail = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
    const auto first = byte(0);
    const auto second = byte(1);
    if (first < 0x80)
    {
        return 1;
    }
    if (first >= 0xc2 && first <= 0xdf)
    {
        return tail(1) ? 2 : 0;
    }
    if (first >= 0xe0 && first <= 0xef)
    {
        const bool overlong = first == 0xe0 && second < 0xa0;
        const bool surrogate = first == 0xed && second > 0x9f;
        return tail(1) && tail(2) && !overlong && !surrogate ? 3 : 0;
    }
    if (first >= 0xf0 && first <= 0xf4)
    {
        const bool overlong = first == 0xf0 && second < 0x90;
        const bool beyond = first == 0xf4 && second > 0x8f;
        return tail(1) && tail(2) && tail(3) && !overlong && !beyond ? 4 : 0;
    }
    return 0;
}

} // namespace

bool is_utf8(std::string_view text) noexcept
{
    while (!text.empty())
    {
        const auto length = utf8_length(text);
        if (length == 0)
        {
            return false;
        }
        text.remove_prefix(length);
    }
    return true;
}

std::string repair_utf8(std::string text)
{
    if (is_utf8(text))
    {
        return text;
    }
    std::string repaired;
    for (std::string_view rest = text; !rest.empty();)
    {
        const auto length = utf8_length(rest);
        repaired += length == 0 ? std::string_view("\xef\xbf\xbd") : rest.substr(0, length);
        rest.remove_prefix(std::max<std::size_t>(length, 1));
    }
    return repaired;
}

} // namespace penstock::host
