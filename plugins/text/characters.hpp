// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../packets/clipped.hpp"

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace text_package
{

/// A character of a text in UTF-8, and the byte behind it.
struct character
{
    UChar32 code;
    std::size_t end;
};

/// The character that begins at `begin`, before the end of a text of less than 2 GiB.
[[nodiscard]] inline character character_at(std::string_view text, std::size_t begin)
{
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    auto at = static_cast<std::int32_t>(begin);
    UChar32 code = 0;
    U8_NEXT(bytes, at, static_cast<std::int32_t>(text.size()), code);
    return {code, static_cast<std::size_t>(at)};
}

/// The byte at which the character begins that ends at `end`, behind the begin of the text.
[[nodiscard]] inline std::size_t begin_of_character(std::string_view text, std::size_t end)
{
    return packets::character_begin(text, end - 1);
}

/// Whether the character is white space.
[[nodiscard]] inline bool is_space(UChar32 code)
{
    return code >= 0 && u_isUWhiteSpace(code) != 0;
}

/// Skips white space from `begin` on.
[[nodiscard]] inline std::size_t skip_space(std::string_view text, std::size_t begin)
{
    while (begin < text.size())
    {
        const character c = character_at(text, begin);
        if (!is_space(c.code))
            break;
        begin = c.end;
    }
    return begin;
}

/// Skips white space backwards, from `end` down to `begin` at most.
[[nodiscard]] inline std::size_t without_space(std::string_view text, std::size_t begin,
                                               std::size_t end)
{
    while (end > begin)
    {
        const std::size_t before = begin_of_character(text, end);
        if (!is_space(character_at(text, before).code))
            break;
        end = before;
    }
    return end;
}

} // namespace text_package
