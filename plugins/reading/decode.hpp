// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/charset.hpp>
#include <penstock/detail/utf8_charset.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace reading
{

/// Makes a body in another encoding one in UTF-8, and says so in its meta `charset`. The encoding
/// is what that meta, a byte order mark, or else `fallback` says. Returns what is wrong with the
/// body; an empty text if nothing is.
[[nodiscard]] inline std::string decode(penstock::packet& body, std::string_view fallback)
{
    const penstock::bytes data = body.data();
    const std::string charset =
        penstock::charset_of(data.view(), body.meta_text("charset").value_or(fallback));
    if (penstock::detail::is_utf8_charset(charset))
        return {};
    try
    {
        body.set_data(penstock::bytes(penstock::to_utf8(data.view(), charset)));
        body.set_meta("charset", "utf-8");
        return {};
    }
    catch (const penstock::charset_error& error)
    {
        return error.what();
    }
}

} // namespace reading
