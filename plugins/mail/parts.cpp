// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "parts.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

namespace mail_package
{

namespace
{

// The place of the next line from `at` on that begins with `--`, or the end.
std::size_t find_dashes(std::string_view text, std::size_t at)
{
    for (; at + 1 < text.size(); ++at)
        if (text[at] == '-' && text[at + 1] == '-' && (at == 0 || text[at - 1] == '\n'))
            return at;
    return text.size();
}

enum class delimiter
{
    none,
    between,
    last
};

// What a line is that begins with `--`.
delimiter delimiter_of(std::string_view line, std::string_view boundary)
{
    line.remove_prefix(2);
    if (!line.starts_with(boundary))
        return delimiter::none;
    line.remove_prefix(boundary.size());
    const bool ends = line.starts_with("--");
    if (ends)
        line.remove_prefix(2);
    if (line.find_first_not_of(" \t\r\n") != std::string_view::npos)
        return delimiter::none;
    return ends ? delimiter::last : delimiter::between;
}

// A text without the line end that belongs to the delimiter behind it.
std::string_view without_last_line_end(std::string_view text)
{
    if (text.ends_with('\n'))
        text.remove_suffix(1);
    if (text.ends_with('\r'))
        text.remove_suffix(1);
    return text;
}

} // namespace

std::vector<std::string_view> parts_of(std::string_view content, std::string_view boundary,
                                       std::size_t most)
{
    std::vector<std::string_view> parts;
    std::optional<std::size_t> begin;
    for (std::size_t at = find_dashes(content, 0); at < content.size() && parts.size() <= most;
         at = find_dashes(content, at))
    {
        const std::size_t end = std::min(content.find('\n', at), content.size() - 1) + 1;
        const delimiter found = delimiter_of(content.substr(at, end - at), boundary);
        if (found != delimiter::none && begin)
            parts.push_back(without_last_line_end(content.substr(*begin, at - *begin)));
        if (found == delimiter::last)
            return parts;
        if (found == delimiter::between)
            begin = end;
        at = end;
    }
    if (begin && parts.size() <= most)
        parts.push_back(content.substr(*begin));
    return parts;
}

} // namespace mail_package
