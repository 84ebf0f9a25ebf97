// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "media_type.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace archive_package
{

namespace
{

using entry = std::pair<std::string_view, std::string_view>;

constexpr entry types[] = {
    {"7z", "application/x-7z-compressed"},
    {"atom", "application/atom+xml"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"epub", "application/epub+zip"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"jsonl", "application/x-ndjson"},
    {"log", "text/plain"},
    {"mbox", "application/mbox"},
    {"md", "text/markdown"},
    {"ndjson", "application/x-ndjson"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"pdf", "application/pdf"},
    {"png", "image/png"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"rss", "application/rss+xml"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"tgz", "application/gzip"},
    {"txt", "text/plain"},
    {"xhtml", "application/xhtml+xml"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "application/xml"},
    {"zip", "application/zip"},
    {"zst", "application/zstd"},
};

std::string extension_of(std::string_view filename)
{
    const std::size_t dot = filename.rfind('.');
    std::string extension(dot == std::string_view::npos ? "" : filename.substr(dot + 1));
    std::ranges::transform(extension, extension.begin(),
                           [](char c)
                           { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return extension;
}

} // namespace

std::string_view media_type_of(std::string_view filename)
{
    const std::string extension = extension_of(filename);
    const auto* found = std::ranges::find(types, std::string_view(extension), &entry::first);
    return found == std::ranges::end(types) ? "application/octet-stream" : found->second;
}

bool names_archive(std::string_view filename)
{
    constexpr std::string_view archives[] = {"7z", "gz", "tar", "tgz", "zip", "zst"};
    return std::ranges::find(archives, std::string_view(extension_of(filename))) !=
           std::ranges::end(archives);
}

} // namespace archive_package
