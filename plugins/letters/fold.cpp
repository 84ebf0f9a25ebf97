// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "fold.hpp"
#include "case_map.hpp"

#include "../packets/clipped.hpp"

#include <cstdint>

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace letters
{

namespace
{

bool is_word(UChar32 code)
{
    return code >= 0 && (code == '_' || u_isalnum(code) != 0 ||
                         (U_GET_GC_MASK(code) & U_GC_M_MASK) != 0); // marks belong to letters
}

} // namespace

std::string fold_case(std::string_view text)
{
    return case_map("").convert(text, letter_case::fold);
}

bool is_word_at(std::string_view text, std::size_t begin)
{
    if (begin >= text.size())
        return false;
    const std::string_view rest = text.substr(begin, U8_MAX_LENGTH);
    const auto* const bytes = reinterpret_cast<const std::uint8_t*>(rest.data());
    std::int32_t at = 0;
    UChar32 code = 0;
    U8_NEXT(bytes, at, static_cast<std::int32_t>(rest.size()), code);
    return is_word(code);
}

bool is_word_before(std::string_view text, std::size_t end)
{
    return end > 0 && is_word_at(text, packets::character_begin(text, end - 1));
}

} // namespace letters
