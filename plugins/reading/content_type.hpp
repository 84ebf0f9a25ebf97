// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "ascii.hpp"

#include <algorithm>
#include <string>
#include <string_view>

namespace reading
{

/// What a header field `Content-Type` says, in lower case (RFC 9110, 8.3).
struct content_type
{
    std::string media;   ///< `text/html`; empty: none is said
    std::string charset; ///< empty: none is said

    content_type() = default;

    explicit content_type(std::string_view told)
    {
        std::string text = lower(told);
        media = stripped(next(text));
        while (!text.empty())
        {
            const std::string parameter = next(text);
            const std::size_t equals = parameter.find('=');
            if (equals != std::string::npos && charset.empty() &&
                stripped(parameter.substr(0, equals)) == "charset")
                charset = stripped(parameter.substr(equals + 1));
        }
    }

private:
    // Takes what stands before the next semicolon.
    static std::string next(std::string& text)
    {
        const std::size_t end = std::min(text.find(';'), text.size());
        std::string found = text.substr(0, end);
        text.erase(0, end + 1);
        return found;
    }

    // Without white space around it, and quotes.
    static std::string stripped(std::string_view text)
    {
        constexpr std::string_view around = " \t\"";
        text.remove_prefix(std::min(text.find_first_not_of(around), text.size()));
        return std::string(text.substr(0, text.find_last_not_of(around) + 1));
    }
};

} // namespace reading
