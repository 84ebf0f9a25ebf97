// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "content.hpp"
#include "gmime.hpp"
#include "header.hpp"

#include "../reading/ascii.hpp"

#include <cstddef>

namespace mail_package
{

namespace
{

constexpr std::size_t longest_structured_field = std::size_t{16} << 10;
constexpr std::size_t length_of_date = sizeof "2026-11-29T23:41:46+01:00" - 1;

std::string copied(const char* text)
{
    return text == nullptr ? std::string() : taken(g_strdup(text));
}

void check_length(std::string_view value, const char* field)
{
    if (value.size() > longest_structured_field)
        throw message_error(std::string(field) + ": has " + std::to_string(value.size()) +
                            " bytes; at most " + std::to_string(longest_structured_field) +
                            " were expected");
}

std::string without_folders(const std::string& name)
{
    return name.substr(name.find_last_of("/\\") + 1);
}

void read_type(std::string_view value, content_type& into)
{
    const gmime_object<GMimeContentType> type(
        g_mime_content_type_parse(gmime_options(), readable_parameters(value).c_str()));
    if (type == nullptr)
        return;
    const gmime_text mimetype(g_mime_content_type_get_mime_type(type.get()));
    into.mimetype = reading::lower(copied(mimetype.get()));
    const auto parameter = [&](const char* name)
    { return copied(g_mime_content_type_get_parameter(type.get(), name)); };
    into.boundary = parameter("boundary");
    into.charset = parameter("charset");
    into.filename = parameter("name");
}

void read_disposition(std::string_view value, content_type& into)
{
    const gmime_object<GMimeContentDisposition> disposition(
        g_mime_content_disposition_parse(gmime_options(), readable_parameters(value).c_str()));
    if (disposition == nullptr)
        return;
    const std::string kind =
        reading::lower(copied(g_mime_content_disposition_get_disposition(disposition.get())));
    into.attachment = kind == "attachment";
    const std::string filename =
        copied(g_mime_content_disposition_get_parameter(disposition.get(), "filename"));
    if (!filename.empty())
        into.filename = filename;
}

// What follows the line that a file in uuencode begins with.
std::string_view uuencoded(std::string_view content)
{
    std::size_t at = content.starts_with("begin ") ? 0 : content.find("\nbegin ");
    if (at == std::string_view::npos)
        return {};
    at = content.find('\n', at + 1);
    return at == std::string_view::npos ? std::string_view() : content.substr(at + 1);
}

} // namespace

content_type content_type_of(std::string_view type, std::string_view disposition,
                             std::string_view fallback)
{
    check_length(type, "content-type");
    check_length(disposition, "content-disposition");
    content_type found;
    if (!reading::trimmed(type).empty())
        read_type(reading::trimmed(type), found);
    if (found.mimetype.find('/') == std::string::npos)
        found.mimetype = fallback;
    if (!reading::trimmed(disposition).empty())
        read_disposition(reading::trimmed(disposition), found);
    found.filename = without_folders(found.filename);
    return found;
}

std::string decoded_content(std::string_view content, std::string_view encoding)
{
    const GMimeContentEncoding kind =
        g_mime_content_encoding_from_string(std::string(reading::trimmed(encoding)).c_str());
    const bool is_uuencode = kind == GMIME_CONTENT_ENCODING_UUENCODE;
    if (!is_uuencode && kind != GMIME_CONTENT_ENCODING_BASE64 &&
        kind != GMIME_CONTENT_ENCODING_QUOTEDPRINTABLE)
        return std::string(content);
    GMimeEncoding state;
    g_mime_encoding_init_decode(&state, kind);
    if (is_uuencode)
    {
        content = uuencoded(content);
        state.state = GMIME_UUDECODE_STATE_BEGIN;
    }
    std::string made(g_mime_encoding_outlen(&state, content.size()), '\0');
    made.resize(g_mime_encoding_flush(&state, content.data(), content.size(), made.data()));
    return made;
}

std::string subject_of(std::string_view value)
{
    return std::string(reading::trimmed(taken(g_mime_utils_header_decode_text(
        gmime_options(), readable(reading::trimmed(value)).c_str()))));
}

std::string date_of(std::string_view value)
{
    const std::string text = readable(reading::trimmed(value));
    GDateTime* const date = text.empty() ? nullptr : g_mime_utils_header_decode_date(text.c_str());
    if (date == nullptr)
        return {};
    std::string made = taken(g_date_time_format(date, "%Y-%m-%dT%H:%M:%S%:z"));
    g_date_time_unref(date);
    if (made.size() != length_of_date)
        return {};
    if (made.ends_with("+00:00"))
        made.replace(made.size() - 6, 6, "Z");
    return made;
}

std::string message_id_of(std::string_view value)
{
    const std::string text = readable(reading::trimmed(value));
    return text.empty() ? std::string() : taken(g_mime_utils_decode_message_id(text.c_str()));
}

} // namespace mail_package
