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

namespace
{

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

} // namespace

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

std::string to_string(const url& address)
{
    const bool bracketed = address.host.find(':') != std::string::npos;
    std::string text = address.secure ? "https://" : "http://";
    text.append(bracketed ? "[" + address.host + "]" : address.host);
    return text.append(":").append(std::to_string(address.port)).append(address.prefix);
}

std::string percent_encoded(std::string_view text)
{
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c))
        {
            encoded += c;
        }
        else
        {
            encoded.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        }
    }
    return encoded;
}

} // namespace penstock::host::http
