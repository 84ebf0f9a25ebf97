// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "record_cutter.hpp"

#include <algorithm>

#include <re2/re2.h>

namespace files_package
{

std::optional<std::size_t> record_cutter::first(std::string_view text, rest behind) const
{
    const std::size_t newline = text.find('\n');
    if (newline == std::string_view::npos)
        return behind == rest::last && !text.empty() ? std::optional(text.size()) : std::nullopt;
    std::size_t end = newline + 1;
    while (begin_ != nullptr)
    {
        const std::string_view next = text.substr(end);
        const std::size_t length = std::min(next.find('\n'), next.size() - 1) + 1; // 0 if empty
        const bool is_whole = length != 0 && next[length - 1] == '\n';
        if (length == 0 || (!is_whole && behind != rest::last))
        {
            if (behind == rest::open)
                return std::nullopt;
            break;
        }
        if (end + length > most_ || begins_record(next.substr(0, length)))
            break;
        end += length;
    }
    return end;
}

bool record_cutter::begins_record(std::string_view line) const
{
    const std::string_view text = without_end(line);
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *begin_);
}

std::string_view without_end(std::string_view line) noexcept
{
    if (line.ends_with('\n'))
        line.remove_suffix(1);
    if (line.ends_with('\r'))
        line.remove_suffix(1);
    return line;
}

} // namespace files_package
