// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/content/file_type.hpp"

#include "host/net/message.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace penstock::host::http
{

std::string_view file_type(std::string_view filename) noexcept
{
    constexpr std::pair<std::string_view, std::string_view> types[] = {
        {"atom", "application/atom+xml"},
        {"csv", "text/csv"},
        {"doc", "application/msword"},
        {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
        {"eml", "message/rfc822"},
        {"htm", "text/html"},
        {"html", "text/html"},
        {"json", "application/json"},
        {"jsonl", "application/x-ndjson"},
        {"log", "text/plain"},
        {"md", "text/markdown"},
        {"msgpack", "application/msgpack"},
        {"ndjson", "application/x-ndjson"},
        {"odt", "application/vnd.oasis.opendocument.text"},
        {"pdf", "application/pdf"},
        {"rss", "application/rss+xml"},
        {"rtf", "application/rtf"},
        {"tsv", "text/tab-separated-values"},
        {"txt", "text/plain"},
        {"xhtml", "application/xhtml+xml"},
        {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
        {"xml", "application/xml"},
        {"xsl", "application/xml"},
        {"yaml", "application/yaml"},
        {"yml", "application/yaml"},
    };
    const std::size_t dot = filename.rfind('.');
    if (dot == std::string_view::npos)
        return {};
    const std::string_view extension = filename.substr(dot + 1);
    const auto found = std::ranges::find_if(types, [&](const auto& each)
                                            { return same_token(each.first, extension); });
    return found == std::end(types) ? std::string_view() : found->second;
}

} // namespace penstock::host::http
