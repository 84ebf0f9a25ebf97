// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "document_text.hpp"

#include <cstddef>
#include <optional>
#include <string_view>

namespace json_package
{

/// Walks over the values of a text that stand one behind the other, or over the elements of a list.
/// Only brackets and quotes are looked at: whether a value is one is for a parser to say. After a
/// broken one it goes on where the next may begin.
class values
{
public:
    /// Walks over concatenated documents, from behind a byte order mark.
    [[nodiscard]] static values of_body(std::string_view body);

    /// Walks over the elements of the list that is the only value of a body; of what is no list,
    /// nothing.
    [[nodiscard]] static values of_list(std::string_view body);

    std::optional<document_text> next();

private:
    values(std::string_view body, std::size_t begin, std::string_view between)
        : body_(body), offset_(begin), between_(between)
    {
    }

    std::string_view body_;
    std::size_t offset_;
    std::string_view between_; // what is passed over
    std::size_t number_ = 0;
};

} // namespace json_package
