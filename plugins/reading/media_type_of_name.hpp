// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ascii.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace reading
{

namespace detail
{

using typed_name = std::pair<std::string_view, std::string_view>;

// The types that IANA registered for what such files hold, where there are some.
inline constexpr std::array typed_extensions{
    typed_name{"7z", "application/x-7z-compressed"},
    typed_name{"atom", "application/atom+xml"},
    typed_name{"avif", "image/avif"},
    typed_name{"bz2", "application/x-bzip2"},
    typed_name{"c", "text/x-c"},
    typed_name{"cc", "text/x-c"},
    typed_name{"conf", "text/plain"},
    typed_name{"cpp", "text/x-c"},
    typed_name{"css", "text/css"},
    typed_name{"csv", "text/csv"},
    typed_name{"doc", "application/msword"},
    typed_name{"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    typed_name{"eml", "message/rfc822"},
    typed_name{"epub", "application/epub+zip"},
    typed_name{"gif", "image/gif"},
    typed_name{"gz", "application/gzip"},
    typed_name{"h", "text/x-c"},
    typed_name{"hpp", "text/x-c"},
    typed_name{"htm", "text/html"},
    typed_name{"html", "text/html"},
    typed_name{"ini", "text/plain"},
    typed_name{"jpeg", "image/jpeg"},
    typed_name{"jpg", "image/jpeg"},
    typed_name{"js", "text/javascript"},
    typed_name{"json", "application/json"},
    typed_name{"jsonl", "application/x-ndjson"},
    typed_name{"log", "text/plain"},
    typed_name{"markdown", "text/markdown"},
    typed_name{"mbox", "application/mbox"},
    typed_name{"md", "text/markdown"},
    typed_name{"mp3", "audio/mpeg"},
    typed_name{"mp4", "video/mp4"},
    typed_name{"msgpack", "application/msgpack"},
    typed_name{"ndjson", "application/x-ndjson"},
    typed_name{"odp", "application/vnd.oasis.opendocument.presentation"},
    typed_name{"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    typed_name{"odt", "application/vnd.oasis.opendocument.text"},
    typed_name{"pdf", "application/pdf"},
    typed_name{"png", "image/png"},
    typed_name{"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    typed_name{"ps", "application/postscript"},
    typed_name{"py", "text/x-python"},
    typed_name{"rss", "application/rss+xml"},
    typed_name{"rst", "text/x-rst"},
    typed_name{"rtf", "application/rtf"},
    typed_name{"sh", "text/x-sh"},
    typed_name{"svg", "image/svg+xml"},
    typed_name{"tar", "application/x-tar"},
    typed_name{"tex", "text/x-tex"},
    typed_name{"text", "text/plain"},
    typed_name{"tgz", "application/gzip"},
    typed_name{"tif", "image/tiff"},
    typed_name{"tiff", "image/tiff"},
    typed_name{"tsv", "text/tab-separated-values"},
    typed_name{"txt", "text/plain"},
    typed_name{"webp", "image/webp"},
    typed_name{"xhtml", "application/xhtml+xml"},
    typed_name{"xls", "application/vnd.ms-excel"},
    typed_name{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    typed_name{"xml", "application/xml"},
    typed_name{"xz", "application/x-xz"},
    typed_name{"yaml", "application/yaml"},
    typed_name{"yml", "application/yaml"},
    typed_name{"zip", "application/zip"},
    typed_name{"zst", "application/zstd"},
};

// Files that are texts by custom, and have no extension.
inline constexpr std::array texts{
    std::string_view("authors"), std::string_view("changelog"), std::string_view("changes"),
    std::string_view("copying"), std::string_view("copyright"), std::string_view("licence"),
    std::string_view("license"), std::string_view("makefile"),  std::string_view("news"),
    std::string_view("notice"),  std::string_view("readme"),    std::string_view("thanks"),
    std::string_view("todo"),
};

} // namespace detail

/// Returns the media type that the name of a file tells by its extension, in any case, or by
/// custom, as `README`; else `application/octet-stream`. [any thread]
[[nodiscard]] inline std::string_view media_type_of_name(std::string_view filename)
{
    const std::string name = lower(filename);
    const std::size_t dot = name.rfind('.');
    const std::string_view last = std::string_view(name).substr(dot + 1); // npos + 1 is 0
    if (dot == std::string::npos)
        return std::ranges::find(detail::texts, last) == detail::texts.end()
                   ? "application/octet-stream"
                   : "text/plain";
    const auto found =
        std::ranges::find(detail::typed_extensions, last, &detail::typed_name::first);
    return found == detail::typed_extensions.end() ? "application/octet-stream" : found->second;
}

} // namespace reading
