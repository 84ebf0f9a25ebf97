// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

namespace packets
{

/// Returns where the character of a text in UTF-8 begins that the byte at a place is of. Bytes that
/// are no UTF-8 are characters, or parts of the one before. [any thread]
[[nodiscard]] inline std::size_t character_begin(std::string_view text, std::size_t at) noexcept
{
    while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xc0U) == 0x80U)
        --at;
    return at;
}

/// Returns the begin of a text in UTF-8: as many bytes as may be, cut between two characters. A
/// view of the text. [any thread]
[[nodiscard]] inline std::string_view clipped(std::string_view text, std::size_t most) noexcept
{
    return text.size() <= most ? text : text.substr(0, character_begin(text, most));
}

} // namespace packets
