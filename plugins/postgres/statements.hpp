// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "columns.hpp"
#include "session.hpp"

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

/// The statements by which rows are written to one table. [any thread]
class statements
{
public:
    statements() = default;
    statements(std::string table, std::vector<column> columns);

    /// How many of the first rows can be written by one statement: those that delete alone, others
    /// until a key comes again, which one statement may not write twice, or the server has no
    /// numbers left for their values.
    [[nodiscard]] std::size_t together(std::span<const row> rows) const;

    /// Writes rows that can be written together: to insert or, by the key, to update them, or to
    /// delete one. Columns without a value have their default in a row that is inserted, and stay as
    /// they are in one that is updated.
    void write(session& to, std::span<const row> rows) const;

    /// Writes rows by COPY; columns without a value have their default.
    void copy(session& to, std::span<const row> rows) const;

    [[nodiscard]] const std::vector<column>& columns() const noexcept { return columns_; }

private:
    /// Rows that have values for the same columns.
    struct alike
    {
        std::vector<std::size_t> columns; ///< those with a value
        std::vector<const row*> rows;
    };

    [[nodiscard]] std::vector<alike> sort(std::span<const row> rows) const;
    void insert(session& to, std::span<const row> rows) const;
    void insert_defaults(session& to, const alike& some) const;
    void update_or_insert(session& to, const alike& some) const;
    [[nodiscard]] std::string names_of(const alike& some) const;
    void erase(session& to, const row& one) const;

    std::string table_; // quoted
    std::vector<column> columns_;
    bool has_key_ = false;
};

} // namespace postgres_package
