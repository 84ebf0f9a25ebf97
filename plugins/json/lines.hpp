// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

namespace json_package
{

/// Walks over the lines of a body that are not blank.
class lines
{
public:
    struct line
    {
        std::size_t number; ///< counted from 1, blank lines too
        std::size_t offset; ///< in the body
        std::string_view text;
    };

    explicit lines(std::string_view body) : body_(body) {}

    std::optional<line> next()
    {
        while (offset_ < body_.size())
        {
            const std::size_t begin = offset_;
            const std::size_t end = std::min(body_.find('\n', begin), body_.size());
            offset_ = end + 1;
            ++number_;
            const std::string_view text = body_.substr(begin, end - begin);
            if (text.find_first_not_of(" \t\r") != std::string_view::npos)
                return line{number_, begin, text};
        }
        return std::nullopt;
    }

private:
    std::string_view body_;
    std::size_t offset_ = 0;
    std::size_t number_ = 0;
};

} // namespace json_package
