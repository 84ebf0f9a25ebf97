// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"

#include <cstdint>
#include <string>
#include <string_view>

#include <sqlite3.h>

namespace files_package
{

/// Throws what went wrong last: penstock::unavailable if it may be right later, as when the disk is
/// full, else std::runtime_error.
[[noreturn]] void raise_checkpoint_error(sqlite3* database);

/// One use of a prepared statement, which is reset when it is over.
class checkpoint_statement
{
public:
    explicit checkpoint_statement(sqlite3_stmt* prepared) : it_(prepared) {}
    checkpoint_statement(const checkpoint_statement&) = delete;
    checkpoint_statement& operator=(const checkpoint_statement&) = delete;
    ~checkpoint_statement()
    {
        sqlite3_reset(it_);
        sqlite3_clear_bindings(it_);
    }

    /// The text outlives the statement.
    checkpoint_statement& bind(int n, std::string_view text)
    {
        sqlite3_bind_text64(it_, n, text.empty() ? "" : text.data(), text.size(), SQLITE_STATIC,
                            SQLITE_UTF8);
        return *this;
    }

    checkpoint_statement& bind(int n, std::uint64_t number)
    {
        return bind(n, static_cast<std::int64_t>(number)); // all 64 bits, whatever they mean
    }

    checkpoint_statement& bind(int n, std::int64_t number)
    {
        sqlite3_bind_int64(it_, n, number);
        return *this;
    }

    bool step()
    {
        const int code = sqlite3_step(it_);
        if (code != SQLITE_ROW && code != SQLITE_DONE)
            raise_checkpoint_error(sqlite3_db_handle(it_));
        return code == SQLITE_ROW;
    }

    [[nodiscard]] std::int64_t number(int n) const { return sqlite3_column_int64(it_, n); }
    [[nodiscard]] std::uint64_t bits(int n) const { return static_cast<std::uint64_t>(number(n)); }
    [[nodiscard]] std::string text(int n) const
    {
        const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(it_, n));
        return text == nullptr
                   ? std::string()
                   : std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(it_, n)));
    }

    [[nodiscard]] file_version version(int n) const
    {
        return {bits(n), number(n + 1), bits(n + 2)};
    }

    checkpoint_statement& bind(const line_progress& all)
    {
        return bind(1, all.number)
            .bind(2, all.inode)
            .bind(3, all.path)
            .bind(4, all.place)
            .bind(5, all.offset)
            .bind(6, all.line)
            .bind(7, all.head_size)
            .bind(8, all.head)
            .bind(9, all.tail_size)
            .bind(10, all.tail);
    }

private:
    sqlite3_stmt* it_;
};

} // namespace files_package
