// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "case_map.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace letters
{

namespace
{

void require(UErrorCode status)
{
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + u_errorName(status) +
                                 "; rules for the case of letters were expected");
}

using function = std::int32_t (*)(UCaseMap*, char*, std::int32_t, const char*, std::int32_t,
                                  UErrorCode*);

template <auto Convert>
std::int32_t call(UCaseMap* map, char* to, std::int32_t room, const char* from, std::int32_t size,
                  UErrorCode* status)
{
    return Convert(map, to, room, from, size, status);
}

function function_of(letter_case to)
{
    switch (to)
    {
    case letter_case::lower: return call<&ucasemap_utf8ToLower>;
    case letter_case::upper: return call<&ucasemap_utf8ToUpper>;
    case letter_case::title: return call<&ucasemap_utf8ToTitle>;
    default: return call<&ucasemap_utf8FoldCase>;
    }
}

} // namespace

case_map::case_map(const std::string& language)
{
    UErrorCode status = U_ZERO_ERROR;
    map_.reset(ucasemap_open(language.c_str(), U_FOLD_CASE_DEFAULT, &status));
    require(status);
}

std::string case_map::convert(std::string_view text, letter_case to)
{
    if (text.size() >= std::numeric_limits<std::int32_t>::max())
        throw std::runtime_error("has 2 GiB or more; a shorter text was expected");
    const function convert = function_of(to);
    const auto size = static_cast<std::int32_t>(text.size());
    std::string made(text.size() + text.size() / 8 + 16, '\0');
    for (;;)
    {
        UErrorCode status = U_ZERO_ERROR;
        const std::int32_t needed =
            convert(map_.get(), made.data(), static_cast<std::int32_t>(made.size()), text.data(),
                    size, &status);
        const bool is_short = status == U_BUFFER_OVERFLOW_ERROR;
        if (!is_short)
            require(status);
        made.resize(static_cast<std::size_t>(needed));
        if (!is_short)
            return made;
    }
}

} // namespace letters
