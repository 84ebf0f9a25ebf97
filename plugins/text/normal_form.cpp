// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "normal_form.hpp"
#include "characters.hpp"

#include <cstddef>
#include <cstdint>
#include <limits>
#include <stdexcept>

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

namespace text_package
{

namespace
{

const icu::Normalizer2& normalizer_of(normal_form form)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Normalizer2* const found = form == normal_form::nfc
                                              ? icu::Normalizer2::getNFCInstance(status)
                                              : icu::Normalizer2::getNFKCInstance(status);
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + u_errorName(status) +
                                 "; the data of a normal form were expected");
    return *found;
}

} // namespace

std::string normalized(std::string_view text, normal_form form)
{
    if (form == normal_form::none)
        return std::string(text);
    if (text.size() > std::numeric_limits<std::int32_t>::max() / 4)
        throw std::runtime_error("has more than 512 MiB; a shorter text was expected");
    std::string made;
    icu::StringByteSink<std::string> sink(&made, static_cast<std::int32_t>(text.size()));
    UErrorCode status = U_ZERO_ERROR;
    normalizer_of(form).normalizeUTF8(
        0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr,
        status);
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + u_errorName(status) +
                                 "; a normal form was expected");
    return made;
}

std::string with_space(std::string_view text, white_space how)
{
    if (how == white_space::keep)
        return std::string(text);
    const std::size_t begin = skip_space(text, 0);
    text = text.substr(begin, without_space(text, begin, text.size()) - begin);
    if (how == white_space::trim)
        return std::string(text);
    std::string made;
    for (std::size_t at = 0; at < text.size();)
    {
        const character c = character_at(text, at);
        if (is_space(c.code))
        {
            made += ' ';
            at = skip_space(text, at);
            continue;
        }
        made.append(text.substr(at, c.end - at));
        at = c.end;
    }
    return made;
}

} // namespace text_package
