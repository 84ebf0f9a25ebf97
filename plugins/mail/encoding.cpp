// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "encoding.hpp"
#include "gmime.hpp"

#include "../reading/single_bytes.hpp"

#include <penstock/charset.hpp>

#include <algorithm>
#include <array>
#include <optional>

#include <strings.h>

namespace mail_package
{

namespace
{

constexpr std::array stateful{"iso-2022-jp", "iso-2022-jp-2", "iso-2022-kr", "utf-7"};

// The known name that is meant; null if it is none of these.
const char* stateful_charset(std::string_view name)
{
    const auto* found =
        std::ranges::find_if(stateful,
                             [&](std::string_view each)
                             {
                                 return each.size() == name.size() &&
                                        ::strncasecmp(each.data(), name.data(), name.size()) == 0;
                             });
    return found == stateful.end() ? nullptr : *found;
}

std::optional<std::string> decoded_by_gmime(std::string_view bytes, const char* charset)
{
    static_cast<void>(gmime_options());
    const ::iconv_t state = g_mime_iconv_open("UTF-8", charset);
    if (state == reinterpret_cast<::iconv_t>(-1)) // NOLINT(performance-no-int-to-ptr)
        return std::nullopt;
    char* const text = g_mime_iconv_strndup(state, bytes.data(), bytes.size());
    g_mime_iconv_close(state);
    if (text == nullptr)
        return std::nullopt;
    return taken(text);
}

std::optional<std::string> decoded(std::string_view bytes, std::string_view charset)
{
    if (const char* const name = stateful_charset(charset); name != nullptr)
        return decoded_by_gmime(bytes, name);
    try
    {
        return penstock::to_utf8(bytes, charset);
    }
    catch (const penstock::charset_error&)
    {
        return std::nullopt;
    }
}

} // namespace

bool is_mail_charset(std::string_view name)
{
    return penstock::is_charset(name) || stateful_charset(name) != nullptr;
}

std::string decoded_text(std::string_view bytes, std::string_view charset)
{
    for (const std::string_view each : {charset, std::string_view("utf-8")})
        if (std::optional<std::string> text = decoded(bytes, each))
            return *std::move(text);
    return ::reading::from_single_bytes(bytes, "windows-1252");
}

} // namespace mail_package
