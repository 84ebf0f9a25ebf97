// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "rows.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace csv_package
{

/// The names of columns, and what rows make fields of by them.
class columns
{
public:
    /// Columns without names: those of each row are `column1`, `column2` and so on.
    columns() = default;

    /// Columns that have names. One that is empty is replaced by that of its place.
    explicit columns(std::vector<std::string> names) : names_(std::move(names)), are_named_(true)
    {
        std::set<std::string_view> seen;
        for (std::size_t n = 0; n < names_.size(); ++n)
            if (names_[n].empty())
                names_[n] = name_of_place(n);
        for (const std::string& each : names_)
            has_repeated_ = !seen.insert(each).second || has_repeated_;
    }

    [[nodiscard]] bool are_named() const { return are_named_; }

    [[nodiscard]] std::size_t size() const { return names_.size(); }

    /// Makes the fields of a row, which has as many columns as have names. Columns of one name are
    /// the values of one field. `text_of` makes a text of a value.
    template <class Text>
    [[nodiscard]] penstock::json::object fields_of(const row& of, const Text& text_of)
    {
        while (!are_named_ && names_.size() < of.size())
            names_.push_back(name_of_place(names_.size()));
        penstock::json::object fields;
        fields.reserve(of.size());
        for (std::size_t n = 0; n < of.size(); ++n)
        {
            penstock::json::string text(text_of(of[n]));
            if (!has_repeated_)
            {
                fields.emplace(names_[n], std::move(text));
                continue;
            }
            penstock::json::value& field = fields[names_[n]];
            if (penstock::json::array* several = field.if_array())
                several->push_back(std::move(text));
            else if (field.is_string())
                field = penstock::json::array{std::move(field), std::move(text)};
            else
                field = std::move(text);
        }
        return fields;
    }

private:
    static std::string name_of_place(std::size_t place)
    {
        return "column" + std::to_string(place + 1);
    }

    std::vector<std::string> names_;
    bool are_named_ = false;
    bool has_repeated_ = false;
};

} // namespace csv_package
