// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "query.hpp"

#include "characters.hpp"

#include "host/base/utf8.hpp"

namespace penstock::host::http
{

namespace
{

/// Whether a text stands for itself: it has neither an escape nor what may be none of UTF-8. Of
/// nearly all targets: what it saves is a fortieth of a small request.
bool is_plain(std::string_view text)
{
    return std::ranges::all_of(text, [](unsigned char c) { return c > 0 && c < 0x80 && c != '%'; });
}

} // namespace

checked<std::string> percent_decode(std::string_view text)
{
    if (is_plain(text))
    {
        return std::string{text};
    }
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at)
    {
        if (text[at] != '%')
        {
            decoded += text[at];
            continue;
        }
        const int high = at + 2 < text.size() ? hex_value(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? hex_value(text[at + 2]) : -1;
        if (high < 0 || low < 0)
        {
            return bad_request("target: broken percent-encoding; expected two hexadecimal digits");
        }
        decoded += static_cast<char>(high * 16 + low);
        at += 2;
    }
    if (decoded.find('\0') != std::string::npos)
    {
        return bad_request("target: an encoded NUL; expected text");
    }
    if (!is_utf8(decoded))
    {
        return bad_request("target: not UTF-8 after decoding; expected UTF-8");
    }
    return decoded;
}

checked<std::vector<std::string>> decode_path(std::string_view target,
                                              std::vector<std::string> into)
{
    auto path = target.substr(0, target.find('?'));
    if (!path.starts_with('/'))
    {
        return bad_request("target: not a path; expected one that starts with /");
    }
    if (path == "/")
    {
        return into;
    }
    do
    {
        path.remove_prefix(1);
        const auto end = std::min(path.find('/'), path.size());
        if (const auto sent = path.substr(0, end); is_plain(sent) && !sent.starts_with('.'))
        {
            into.emplace_back(sent);
            path.remove_prefix(end);
            continue;
        }
        auto segment = percent_decode(path.substr(0, end));
        if (segment.has_error())
        {
            return segment.error();
        }
        if (*segment == "." || *segment == "..")
        {
            return bad_request("target: a dot segment; expected a path without . and ..");
        }
        into.push_back(std::move(*segment));
        path.remove_prefix(end);
    } while (!path.empty());
    return into;
}

checked<std::vector<query_parameter>> decode_query(std::string_view target,
                                                   std::vector<query_parameter> into)
{
    const auto mark = target.find('?');
    auto rest = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    const auto decode_form = [](std::string_view text)
    {
        std::string spaced{text};
        std::ranges::replace(spaced, '+', ' ');
        return percent_decode(spaced);
    };
    while (!rest.empty())
    {
        const auto end = rest.find('&');
        const auto pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
        if (pair.empty())
        {
            continue;
        }
        const auto equals = std::min(pair.find('='), pair.size());
        if (is_plain(pair) && pair.find('+') == std::string_view::npos)
        {
            into.push_back({std::string{pair.substr(0, equals)},
                            std::string{pair.substr(std::min(equals + 1, pair.size()))}});
            continue;
        }
        auto name = decode_form(pair.substr(0, equals));
        auto value = decode_form(pair.substr(std::min(equals + 1, pair.size())));
        if (name.has_error() || value.has_error())
        {
            return name.has_error() ? name.error() : value.error();
        }
        into.push_back({std::move(*name), std::move(*value)});
    }
    return into;
}

} // namespace penstock::host::http
