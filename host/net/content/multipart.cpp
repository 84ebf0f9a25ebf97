// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/multipart.hpp"

#include "host/net/characters.hpp"
#include "host/net/message.hpp"
#include "host/net/query.hpp"

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

/// Returns text as UTF-8: what is none was written by a client in ISO-8859-1.
std::string as_utf8(std::string text)
{
    if (is_utf8(text))
    {
        return text;
    }
    std::string made;
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (byte >= 0x80)
        {
            made += static_cast<char>(0xc0U | (byte >> 6U));
        }
        made += static_cast<char>(byte < 0x80 ? byte : 0x80U | (byte & 0x3fU));
    }
    return made;
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
    const auto end = std::min(value.find(';'), value.size());
    const auto parameters = parse_parameters(value.substr(end));
    if (!is_token(trim(value.substr(0, end))) || !parameters)
    {
        return bad_multipart("a bad content-disposition; expected form-data; name=\"NAME\"");
    }
    std::optional<std::string> extended;
    for (const auto& [name, text] : *parameters)
    {
        if (name == "name")
        {
            into.name = as_utf8(text);
        }
        else if (name == "filename")
        {
            into.is_file = true;
            into.filename = basename(as_utf8(text));
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
        into.is_file = true;
        into.filename = basename(*extended);
    }
    return {};
}

/// A field of a part's header, on one line.
struct part_field
{
    std::string name;
    std::string value;
};

/// Takes the next field off a header block, each line of which still has its CR LF. A line that
/// starts with a space goes on with the one before.
std::optional<part_field> take_field(std::string_view& block)
{
    std::string line;
    do
    {
        const auto end = block.find(crlf);
        line += block.substr(0, end);
        block.remove_prefix(end + crlf.size());
    } while (block.starts_with(' ') || block.starts_with('\t'));
    const auto colon = line.find(':');
    if (colon == std::string::npos || !is_token(std::string_view{line}.substr(0, colon)) ||
        std::ranges::any_of(line, [](char c) { return is_control(c) && c != '\t'; }))
    {
        return std::nullopt;
    }
    return part_field{line.substr(0, colon),
                      std::string{trim(std::string_view{line}.substr(colon + 1))}};
}

/// Reads a part's header block.
checked<part> read_part_head(std::string_view block, bool is_form, const limits& bounds)
{
    part made;
    std::size_t dispositions = 0;
    for (std::size_t count = 1; !block.empty(); ++count)
    {
        const auto field = take_field(block);
        if (!field || count > bounds.header_fields)
        {
            return bad_multipart("a bad header line in a part; expected NAME: VALUE");
        }
        if (same_token(field->name, "Content-Disposition"))
        {
            ++dispositions;
            if (auto read = read_disposition(field->value, made); read.has_error())
            {
                return read.error();
            }
        }
        else if (same_token(field->name, "Content-Type"))
        {
            auto type = parse_media_type(field->value);
            if (!type || made.type)
            {
                return bad_multipart("a bad content-type in a part; expected one TYPE/SUBTYPE");
            }
            made.type = std::move(type);
        }
        else if (same_token(field->name, "Content-Transfer-Encoding"))
        {
            const auto encoding = find_transfer_encoding(field->value);
            if (!encoding)
            {
                return bad_multipart("an encoding that is unknown; expected base64, "
                                     "quoted-printable, binary, 8bit or 7bit");
            }
            made.encoding = *encoding;
        }
    }
    if (dispositions > 1)
    {
        return bad_multipart("two content-dispositions in a part; expected one");
    }
    if (is_form && made.name.empty())
    {
        return bad_multipart("a part without a name; expected form-data; name=\"NAME\"");
    }
    return made;
}

/// Cuts the spaces that gateways may put behind a boundary (RFC 2046, 5.1.1).
void skip_padding(std::string_view& rest) noexcept
{
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
}

} // namespace

bool is_multipart(const media_type& type) noexcept
{
    return type.essence == "multipart/form-data" || type.essence == "multipart/mixed" ||
           type.essence == "multipart/related";
}

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
    const bool is_form = type.subtype() == "form-data";
    // What stands before the first boundary, and behind the last, is for nobody.
    const bool at_begin = body.starts_with(opening);
    const auto first = at_begin ? 0 : body.find(delimiter);
    if (first == std::string_view::npos)
    {
        return bad_multipart("does not have its boundary; expected it at the begin of a line");
    }
    body.remove_prefix(first + (at_begin ? opening : delimiter).size());
    std::vector<part> parts;
    for (skip_padding(body); body.starts_with(crlf); skip_padding(body))
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
        auto made = read_part_head(body.substr(crlf.size(), end), is_form, bounds);
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
    const bool ends = body.starts_with("--");
    body.remove_prefix(ends ? 2 : 0);
    skip_padding(body);
    if (!ends || !(body.empty() || body.starts_with(crlf)))
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
