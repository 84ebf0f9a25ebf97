// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "url.hpp"

#include "message.hpp"
#include "origin.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace penstock::host::http
{

std::optional<url> parse_url(std::string_view text)
{
    const auto scheme = text.substr(0, text.find("://") + 3);
    url parsed;
    parsed.secure = same_token(scheme, "https://");
    if (!parsed.secure && !same_token(scheme, "http://"))
    {
        return std::nullopt;
    }
    text.remove_prefix(scheme.size());
    const auto path = std::min(text.find('/'), text.size());
    const auto where = parse_authority(text.substr(0, path));
    auto prefix = text.substr(path);
    if (!where || prefix.find_first_of("?# ") != std::string_view::npos)
    {
        return std::nullopt;
    }
    while (prefix.ends_with('/'))
    {
        prefix.remove_suffix(1);
    }
    parsed.host = where->host;
    parsed.prefix = prefix;
    parsed.port = parsed.secure ? 443 : 80;
    if (!where->port.empty())
    {
        const auto* const end = where->port.data() + where->port.size();
        const auto [stopped, error] = std::from_chars(where->port.data(), end, parsed.port);
        if (error != std::errc{} || stopped != end || parsed.port == 0)
        {
            return std::nullopt;
        }
    }
    return parsed;
}

} // namespace penstock::host::http
