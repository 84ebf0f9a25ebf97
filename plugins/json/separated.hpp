// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "document_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <optional>

namespace json_package
{

/// Walks over the documents of a body that a byte separates, from behind its byte order mark. Blank
/// ones are passed over.
class separated
{
public:
    /// Walks over lines. Blank lines are counted too.
    [[nodiscard]] static separated lines(std::string_view body) { return {body, '\n', true}; }

    /// Walks over a JSON text sequence (RFC 7464), of which each document stands behind a record
    /// separator.
    [[nodiscard]] static separated records(std::string_view body) { return {body, '\x1e', false}; }

    std::optional<document_text> next()
    {
        while (offset_ < body_.size())
        {
            const std::size_t begin = offset_;
            const std::size_t end = std::min(body_.find(separator_, begin), body_.size());
            offset_ = end + 1;
            const std::string_view text = body_.substr(begin, end - begin);
            const bool is_blank = text.find_first_not_of(json_space) == std::string_view::npos;
            if (!is_blank || counts_blank_)
                ++number_;
            if (!is_blank)
                return document_text{number_, begin, text};
        }
        return std::nullopt;
    }

private:
    separated(std::string_view body, char separator, bool counts_blank)
        : body_(body),
          offset_(body.size() - penstock::detail::without_mark(body).size()),
          separator_(separator),
          counts_blank_(counts_blank)
    {
    }

    std::string_view body_;
    std::size_t offset_;
    char separator_;
    bool counts_blank_;
    std::size_t number_ = 0;
};

} // namespace json_package
