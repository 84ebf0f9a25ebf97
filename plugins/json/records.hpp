// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "document_text.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <optional>

namespace json_package
{

/// Walks over the documents of a JSON text sequence (RFC 7464), each behind a record separator.
/// Empty ones are passed over.
class records
{
public:
    explicit records(std::string_view body)
        : body_(body), offset_(body.size() - penstock::detail::without_mark(body).size())
    {
    }

    std::optional<document_text> next()
    {
        constexpr char separator = '\x1e';
        while (offset_ < body_.size())
        {
            const std::size_t begin = offset_;
            const std::size_t end = std::min(body_.find(separator, begin), body_.size());
            offset_ = end + 1;
            const std::string_view text = body_.substr(begin, end - begin);
            if (text.find_first_not_of(json_space) != std::string_view::npos)
                return document_text{++number_, begin, text};
        }
        return std::nullopt;
    }

private:
    std::string_view body_;
    std::size_t offset_;
    std::size_t number_ = 0;
};

} // namespace json_package
