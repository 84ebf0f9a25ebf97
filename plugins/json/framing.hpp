// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace json_package
{

/// How the documents of a body are told from each other.
enum class framing
{
    document,     ///< there is one
    lines,        ///< one a line
    concatenated, ///< one behind the other
    sequence      ///< each behind a record separator (RFC 7464)
};

/// Finds the framing that the parameter `format` names, or, if it is `auto`, a media type in lower
/// case.
inline framing framing_of(std::string_view format, std::string_view mimetype)
{
    constexpr std::array<std::string_view, 4> types_of_lines{
        "application/x-ndjson", "application/ndjson", "application/jsonl",
        "application/x-jsonlines"};
    if (format == "lines")
        return framing::lines;
    if (format == "concatenated")
        return framing::concatenated;
    if (format == "sequence")
        return framing::sequence;
    if (format == "document")
        return framing::document;
    if (std::ranges::find(types_of_lines, mimetype) != types_of_lines.end())
        return framing::lines;
    return mimetype == "application/json-seq" ? framing::sequence : framing::document;
}

} // namespace json_package
