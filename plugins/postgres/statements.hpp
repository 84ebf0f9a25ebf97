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
    std::vector<std::optional<sql_text>> values; ///< by column; nothing: the column's default
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
    /// delete one.
    void write(session& to, std::span<const row> rows) const;

    /// Writes rows by COPY; columns without a value are NULL.
    void copy(session& to, std::span<const row> rows) const;

    [[nodiscard]] const std::vector<column>& columns() const noexcept { return columns_; }

private:
    void insert(session& to, std::span<const row> rows) const;
    void erase(session& to, const row& one) const;

    std::string table_; // quoted
    std::vector<column> columns_;
    std::string names_;    // of the columns, quoted
    std::string conflict_; // what becomes of a row whose key is there
};

} // namespace postgres_package
