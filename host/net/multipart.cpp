// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "multipart.hpp"

#include "characters.hpp"
#include "message.hpp"
#include "query.hpp"

#include "host/base/utf8.hpp"

#include <algorithm>

namespace penstock::host::http
{

namespace
{

constexpr std::size_t longest_boundary = 70; // RFC 2046, 5.1.1

refusal bad_multipart(std::string_view why)
{
    return {400, "multipart: " + std::string{why}};
}

bool is_boundary(std::string_view text)
{
    const auto allowed = [](char c)
    {
        return is_digit(c) || is_letter(c) ||
               std::string_view{"'()+_,-./:=? "}.find(c) != std::string_view::npos;
    };
    return !text.empty() && text.size() <= longest_boundary && text.back() != ' ' &&
           std::ranges::all_of(text, allowed);
}

std::string basename(std::string_view path)
{
    const auto name = path.substr(path.find_last_of("/\\") + 1);
    return name == "." || name == ".." ? std::string{} : std::string{name};
}

/// Decodes `UTF-8''na%C3%AFve.txt`. RFC 7578 forbids it, widespread clients send it all the same.
std::optional<std::string> extended_value(std::string_view text)
{
    constexpr std::string_view charset = "utf-8'";
    if (text.size() < charset.size() || !same_token(text.substr(0, charset.size()), charset))
    {
        return std::nullopt;
    }
    text.remove_prefix(charset.size());
    const auto language = text.find('\'');
    if (language == std::string_view::npos)
    {
        return std::nullopt;
    }
    auto decoded = percent_decode(text.substr(language + 1));
    return decoded ? std::optional{std::move(*decoded)} : std::nullopt;
}

checked<void> read_disposition(std::string_view value, part& into)
{
    constexpr std::string_view kind = "form-data";
    const auto end = std::min(value.find(';'), value.size());
    const auto parameters = parse_parameters(value.substr(end));
    if (!same_token(trim(value.substr(0, end)), kind) || !parameters)
    {
        return bad_multipart("a bad content-disposition; expected form-data; name=\"NAME\"");
    }
    bool named = false;
    std::optional<std::string> extended;
    for (const auto& [name, text] : *parameters)
    {
        if (!is_utf8(text))
        {
            return bad_multipart("a name that is not UTF-8; expected UTF-8");
        }
        if (name == "name")
        {
            named = true;
            into.name = text;
        }
        else if (name == "filename")
        {
            into.filename = basename(text);
        }
        else if (name == "filename*")
        {
            extended = extended_value(text);
            if (!extended || std::ranges::any_of(*extended, is_control))
            {
                return bad_multipart("a bad filename*; expected UTF-8''NAME");
            }
        }
    }
    if (extended)
    {
        into.filename = basename(*extended);
    }
    if (!named)
    {
        return bad_multipart("a part without a name; expected form-data; name=\"NAME\"");
    }
    return {};
}

/// Reads a part's header block, each line of which still has its CR LF.
checked<part> read_part_head(std::string_view block, const limits& bounds)
{
    part made;
    bool disposed = false;
    std::size_t count = 0;
    while (!block.empty())
    {
        const auto end = block.find(crlf);
        const auto line = block.substr(0, end);
        block.remove_prefix(end + crlf.size());
        const auto colon = line.find(':');
        if (++count > bounds.header_fields || colon == std::string_view::npos ||
            !is_token(line.substr(0, colon)) ||
            std::ranges::any_of(line, [](char c) { return is_control(c) && c != '\t'; }))
        {
            return bad_multipart("a bad header line in a part; expected NAME: VALUE");
        }
        const auto name = line.substr(0, colon);
        const auto value = trim(line.substr(colon + 1));
        if (same_token(name, "Content-Disposition"))
        {
            if (disposed)
            {
                return bad_multipart("two content-dispositions in a part; expected one");
            }
            disposed = true;
            if (auto read = read_disposition(value, made); read.has_error())
            {
                return read.error();
            }
        }
        else if (same_token(name, "Content-Type"))
        {
            auto type = parse_media_type(value);
            if (!type || made.type)
            {
                return bad_multipart("a bad content-type in a part; expected one TYPE/SUBTYPE");
            }
            made.type = std::move(type);
        }
        else if (same_token(name, "Content-Transfer-Encoding") && !same_token(value, "binary") &&
                 !same_token(value, "8bit") && !same_token(value, "7bit"))
        {
            return bad_multipart("an encoded part; expected it as it is");
        }
    }
    if (!disposed)
    {
        return bad_multipart(
            "a part without content-disposition; expected form-data; name=\"NAME\"");
    }
    return made;
}

} // namespace

checked<std::vector<part>> parse_multipart(const media_type& type, std::string_view body,
                                           const limits& bounds)
{
    const auto boundary = type.parameter("boundary");
    if (!boundary || !is_boundary(*boundary))
    {
        return bad_multipart("no usable boundary; expected 1 to 70 characters in content-type");
    }
    const auto delimiter = "\r\n--" + std::string{*boundary};
    const auto opening = std::string_view{delimiter}.substr(crlf.size());
    if (!body.starts_with(opening))
    {
        return bad_multipart("does not start with its boundary; expected it first");
    }
    body.remove_prefix(opening.size());
    std::vector<part> parts;
    while (body.starts_with(crlf))
    {
        if (parts.size() == bounds.parts)
        {
            return refusal{413, "multipart: too many parts; expected at most " +
                                    std::to_string(bounds.parts)};
        }
        // The line end behind the boundary stays: a part without a header is then an empty line
        // too.
        const auto end = body.substr(0, bounds.header + 4).find("\r\n\r\n");
        if (end == std::string_view::npos)
        {
            return bad_multipart("a part's header does not end; expected an empty line");
        }
        auto made = read_part_head(body.substr(crlf.size(), end), bounds);
        if (made.has_error())
        {
            return made.error();
        }
        body.remove_prefix(end + 4);
        const auto next = body.find(delimiter);
        if (next == std::string_view::npos)
        {
            return bad_multipart("the last part does not end; expected its boundary");
        }
        made->content = body.substr(0, next);
        body.remove_prefix(next + delimiter.size());
        parts.push_back(std::move(*made));
    }
    if (body != "--" && body != "--\r\n")
    {
        return bad_multipart("something else behind a boundary; expected a line end or --");
    }
    if (parts.empty())
    {
        return bad_multipart("no part; expected at least one");
    }
    return parts;
}

} // namespace penstock::host::http
