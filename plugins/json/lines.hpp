// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "document_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <optional>

namespace json_package
{

/// Walks over the lines of a body that are not blank, from behind its byte order mark. Blank lines
/// are counted too.
class lines
{
public:
    explicit lines(std::string_view body)
        : body_(body), offset_(body.size() - penstock::detail::without_mark(body).size())
    {
    }

    std::optional<document_text> next()
    {
        while (offset_ < body_.size())
        {
            const std::size_t begin = offset_;
            const std::size_t end = std::min(body_.find('\n', begin), body_.size());
            offset_ = end + 1;
            ++number_;
            const std::string_view text = body_.substr(begin, end - begin);
            if (text.find_first_not_of(json_space) != std::string_view::npos)
                return document_text{number_, begin, text};
        }
        return std::nullopt;
    }

private:
    std::string_view body_;
    std::size_t offset_;
    std::size_t number_ = 0;
};

} // namespace json_package
