// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "header_field.hpp"

#include <cstddef>
#include <string_view>

namespace reading
{

/// Returns whether a text begins as a message in an mbox: with a line `From `, and a field of a
/// header behind it, or another such line. [any thread]
[[nodiscard]] inline bool begins_in_mbox(std::string_view text)
{
    const std::size_t end = text.find('\n');
    if (!text.starts_with("From ") || end == std::string_view::npos)
        return false;
    const std::string_view rest = text.substr(end + 1);
    const std::string_view next = rest.substr(0, rest.find('\n'));
    return next.starts_with(">From ") || field_name_length(next) > 0;
}

/// Returns whether the first line of a text has a time, `hh:mm`, and a year behind it, as the line
/// `From ` of an mbox has (RFC 4155, Appendix A) and a sentence rarely. [any thread]
[[nodiscard]] inline bool has_time_and_year(std::string_view text)
{
    const std::string_view line = text.substr(0, text.find('\n'));
    const auto is_like = [&](std::size_t at, std::string_view form)
    {
        for (const char c : form)
        {
            const char found = at < line.size() ? line[at++] : ' ';
            if (c == '0' ? found < '0' || found > '9' : found != c)
                return false;
        }
        return true;
    };
    bool has_time = false;
    for (std::size_t at = 0; at < line.size(); ++at)
        if (has_time && is_like(at, "0000"))
            return true;
        else
            has_time = has_time || is_like(at, "00:00");
    return false;
}

} // namespace reading
