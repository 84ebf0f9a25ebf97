// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "rows.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace csv_package
{

/// The names of columns, and what rows make fields of by them.
class columns
{
public:
    /// Columns without names: those of each row are `column1`, `column2` and so on.
    columns() = default;

    /// Columns that have names. One that is empty is replaced by that of its place. Columns of one
    /// name are the values of one field.
    explicit columns(std::vector<std::string> names);

    [[nodiscard]] bool are_named() const { return are_named_; }

    /// How many there are; of columns without names, how many a row has had.
    [[nodiscard]] std::size_t size() const { return names_.size(); }

    /// Makes the fields of a row, which has as many columns as have names; none if too many of the
    /// names have equal hashes, so that it would take a time that grows with the square of their
    /// number. Bytes that are no UTF-8 become U+FFFD if `repaired` says so.
    [[nodiscard]] std::optional<penstock::json::object> fields_of(const row& of, bool repaired);

private:
    [[nodiscard]] std::optional<penstock::json::object> wide_fields_of(const row& of,
                                                                       bool repaired) const;

    std::vector<std::string> names_;
    std::vector<std::size_t> next_; // the next column of the same name; 0 if there is none
    std::vector<bool> is_next_;     // whether it is that of an earlier column
    bool are_named_ = false;
};

} // namespace csv_package
