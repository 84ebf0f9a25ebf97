// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "columns.hpp"
#include "session.hpp"
#include "table.hpp"

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace postgres_package
{

/// What one packet does to the table.
struct row
{
    std::size_t place; ///< in the batch
    bool deletes;
    std::vector<std::optional<sql_text>> values; ///< by column; nothing: the packet has none
    std::string key{};                           ///< the values of the key; empty without a key
};

/// The statements by which rows are written to one table. Of rows with one key they do what
/// they would do row by row, in order. Columns without a value have their default in a row that is inserted, and stay as
/// they are in one that is updated. All throw as session::run() does. [one fiber]
class statements
{
public:
    statements() = default;
    explicit statements(table to);

    /// Inserts, updates by the key or deletes as many of the first rows as one statement can, and
    /// returns how many these are. Also an sql_error: two of the rows are one to the table, whose
    /// key they spell in two ways.
    std::size_t write(session& to, std::span<const row> rows) const;

    /// Inserts all rows by COPY, those with the same columns together.
    void copy(session& to, std::span<const row> rows) const;

    /// Returns the name of the column that cannot hold the value of a row; empty: none. A statement
    /// for each value.
    [[nodiscard]] std::string column_to_blame(session& to, const row& refused) const;

    [[nodiscard]] const std::vector<column>& columns() const noexcept { return table_.columns; }

private:
    /// Rows that have values for the same columns.
    struct alike
    {
        std::vector<std::size_t> columns; ///< those with a value
        std::vector<const row*> rows;
    };

    struct command;

    [[nodiscard]] std::size_t most_rows_of(std::span<const row> rows) const;
    [[nodiscard]] std::vector<alike> group(std::span<const row> rows, std::size_t most) const;
    [[nodiscard]] std::string names_of(const alike& some) const;
    std::size_t insert(session& to, std::span<const row> rows) const;
    void insert_defaults(session& to, std::size_t count) const;
    std::size_t update_or_insert(session& to, std::span<const row> rows) const;
    void append_changes(const alike& some, const std::string& number, command& made) const;
    void append_given(const alike& some, command& made) const;
    std::size_t erase(session& to, std::span<const row> rows) const;

    table table_;
    bool has_key_ = false;
};

} // namespace postgres_package
