// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

namespace penstock::detail
{

/// Writes a character in UTF-8 (RFC 3629, section 3), in at most four bytes; returns the place behind
/// it. [any thread]
inline char* write_utf8(char* to, std::uint32_t character) noexcept
{
    const auto add = [&](std::uint32_t byte) { *to++ = static_cast<char>(byte); };
    if (character < 0x80)
    {
        add(character);
        return to;
    }
    if (character < 0x800)
        add(0xC0 | (character >> 6));
    else
    {
        if (character < 0x10000)
            add(0xE0 | (character >> 12));
        else
        {
            add(0xF0 | (character >> 18));
            add(0x80 | ((character >> 12) & 0x3F));
        }
        add(0x80 | ((character >> 6) & 0x3F));
    }
    add(0x80 | (character & 0x3F));
    return to;
}

} // namespace penstock::detail
