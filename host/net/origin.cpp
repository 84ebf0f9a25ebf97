// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "origin.hpp"

#include "characters.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace penstock::host::http
{

namespace
{

constexpr std::string_view scheme_end = "://";

/// Recognises 127.0.0.0/8 in plain dotted form only: no client writes the others by accident.
bool is_loopback_address(std::string_view text) noexcept
{
    std::array<unsigned, 4> numbers{};
    const char* at = text.data();
    const char* const end = at + text.size();
    for (std::size_t i = 0; i < numbers.size(); ++i)
    {
        if (i > 0 && (at == end || *at++ != '.'))
        {
            return false;
        }
        const auto [next, error] = std::from_chars(at, end, numbers[i]);
        if (error != std::errc{} || next - at > 3 || numbers[i] > 255)
        {
            return false;
        }
        at = next;
    }
    return at == end && numbers[0] == 127;
}

/// Recognises a character of a name or an address.
bool is_of_host(char c) noexcept
{
    return is_letter(c) || is_digit(c) || c == '.' || c == '-' || c == '_' || c == ':';
}

/// Splits an origin and fills in the port its scheme implies.
struct site
{
    authority where;
    std::string_view port;
};

std::optional<site> parse_origin(std::string_view origin) noexcept
{
    const auto mark = origin.find(scheme_end);
    if (mark == std::string_view::npos)
    {
        return std::nullopt;
    }
    const auto where = parse_authority(origin.substr(mark + scheme_end.size()));
    if (!where)
    {
        return std::nullopt;
    }
    const std::string_view implied = origin.substr(0, mark) == "https" ? "443" : "80";
    return site{*where, where->port.empty() ? implied : where->port};
}

/// `Host` leaves out the port its scheme implies, and does not say which scheme that was.
bool same_port(std::string_view requested, std::string_view origins) noexcept
{
    return requested.empty() ? origins == "80" || origins == "443" : requested == origins;
}

/// Returns whether a host is one of a pattern: itself, any below `*.example.org`, or any of all for
/// `*`.
bool covers(std::string_view pattern, std::string_view host) noexcept
{
    if (pattern.starts_with('[') && pattern.ends_with(']')) // as an address has it
    {
        pattern = pattern.substr(1, pattern.size() - 2);
    }
    if (!pattern.starts_with('*'))
    {
        return same_token(pattern, host);
    }
    const auto suffix = pattern.substr(1);
    return suffix.empty() || (host.size() > suffix.size() &&
                              same_token(host.substr(host.size() - suffix.size()), suffix));
}

} // namespace

std::optional<authority> parse_authority(std::string_view text) noexcept
{
    authority parsed;
    if (text.starts_with('['))
    {
        const auto end = text.find(']');
        if (end == std::string_view::npos)
        {
            return std::nullopt;
        }
        parsed.host = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
    }
    else
    {
        parsed.host = text.substr(0, text.find(':'));
        text.remove_prefix(parsed.host.size());
    }
    if (!text.empty())
    {
        if (text.front() != ':')
        {
            return std::nullopt;
        }
        parsed.port = text.substr(1);
    }
    constexpr std::size_t longest_port = 5;
    if (parsed.host.empty() || parsed.port.size() > longest_port ||
        !std::ranges::all_of(parsed.port, is_digit))
    {
        return std::nullopt;
    }
    return parsed;
}

bool is_loopback(std::string_view host) noexcept
{
    constexpr std::string_view below = ".localhost"; // RFC 6761 reserves all names below it
    return same_token(host, "localhost") || host == "::1" || is_loopback_address(host) ||
           (host.size() > below.size() &&
            same_token(host.substr(host.size() - below.size()), below));
}

bool is_host_pattern(std::string_view text) noexcept
{
    if (text == "*")
    {
        return true;
    }
    if (text.starts_with("*."))
    {
        text.remove_prefix(2);
    }
    const auto is_of_ipv6 = [](char c) { return hex_value(c) >= 0 || c == ':' || c == '.'; };
    if (std::ranges::count(text, ':') > 1 && std::ranges::all_of(text, is_of_ipv6))
    {
        return true;
    }
    const auto parsed = parse_authority(text);
    return parsed && parsed->port.empty() && std::ranges::all_of(parsed->host, is_of_host);
}

bool is_origin(std::string_view text) noexcept
{
    const auto parsed = parse_origin(text);
    return parsed && is_token(text.substr(0, text.find(':'))) &&
           std::ranges::all_of(parsed->where.host, is_of_host);
}

std::optional<std::string> origin_rules::objection(const header_list& headers, audience who) const
{
    if (who == audience::anybody)
    {
        return std::nullopt;
    }
    const auto requested = parse_authority(headers.value("Host"));
    const auto named = [&](std::string_view host)
    {
        return std::ranges::any_of(hosts,
                                   [&](const std::string& known) { return covers(known, host); });
    };
    if (!requested || !(is_loopback(requested->host) || named(requested->host)))
    {
        return "host: not a name of this host; expected a loopback name or a configured one";
    }
    const auto origin = headers.find("Origin");
    if (origin && std::ranges::find(origins, *origin) == origins.end())
    {
        const auto from = parse_origin(*origin);
        const bool same_host =
            from && (same_token(from->where.host, requested->host) ||
                     (is_loopback(from->where.host) && is_loopback(requested->host)));
        if (!same_host || !same_port(requested->port, from->port))
        {
            return "origin: a page of another site; expected one of this host or a configured one";
        }
    }
    // Images, frames, forms and links carry no Origin on GET, but browsers say where they stand.
    // Another port of this machine is the same site, and another page all the same.
    const auto site = headers.value("Sec-Fetch-Site");
    const bool is_own = site.empty() || site == "same-origin" || site == "none";
    const bool is_visit =
        who == audience::visitors && headers.value("Sec-Fetch-Mode") == "navigate";
    if (!origin && !is_own && !is_visit)
    {
        return "sec-fetch-site: a page of another site; expected one of this host";
    }
    return std::nullopt;
}

} // namespace penstock::host::http
