// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace fields_package
{

/// How a table is read.
struct table_form
{
    bool is_json = false;
    char delimiter = ','; ///< between the values of a row of CSV
    std::string key;      ///< the column that rows are found by
    bool ignore_case = false;
    std::size_t most_bytes = std::size_t{256} << 20;
};

/// The rows of a table, by the text in one of their columns. Used by many threads.
class lookup_table
{
public:
    /// Reads a file: CSV (RFC 4180) with names of columns in its first row; or JSON, a list of
    /// objects, or an object whose names are the keys of its members. Of rows with one key the last
    /// counts. Throws std::runtime_error with the file's name and the line.
    lookup_table(const std::string& path, table_form form);

    /// Returns the row of a key, the column of the key among its members; null if there is none.
    /// Lives as long as the table. [any thread]
    [[nodiscard]] const penstock::json::object* find(std::string_view key) const;

    /// Returns the key that a value of a field has: a text, or a number or a boolean as JSON; nothing
    /// for others. [any thread]
    [[nodiscard]] static std::optional<std::string> key_of(const penstock::json::value& value);

private:
    void read_csv(std::string_view text);
    void read_json(std::string_view text);
    void put(const std::string& key, penstock::json::object row);

    table_form form_;
    std::unordered_map<std::string, penstock::json::object> rows_;
};

} // namespace fields_package
